// RUN: cria-opt %s --cria-thread-loops --canonicalize | FileCheck %s

// Vectors are as wide as what is known of addresses allows.

#target = #dlti.target_system_spec<"GPU" = #dlti.target_device_spec<"vector_bits" = 1024 : i64>>
#row = affine_map<(k) -> (k)>
#one = affine_map<(k) -> ()>

module attributes {dlti.target_system_spec = #target, gpu.container_module} {
gpu.module @kernels {
  // Rows of 256 f32 begin at multiples of 16 bytes, whichever row it is.
  // CHECK-LABEL: gpu.func @rows(
  // CHECK: vector.load {{.*}} {alignment = 16 : i64} {{.*}}vector<8xf32>
  gpu.func @rows(%all: memref<9x256xf32>, %i: index, %out: memref<f32>) kernel {
    %x = memref.subview %all[%i, 0] [1, 256] [1, 1] : memref<9x256xf32> to memref<256xf32, strided<[1], offset: ?>>
    linalg.generic {indexing_maps = [#row, #one], iterator_types = ["reduction"]}
        ins(%x : memref<256xf32, strided<[1], offset: ?>>) outs(%out : memref<f32>) {
    ^bb0(%a: f32, %sum: f32):
      %next = arith.addf %sum, %a : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // From the second element on, they do not.
  // CHECK-LABEL: gpu.func @shifted(
  // CHECK-NOT: vector.load
  // CHECK: gpu.return
  gpu.func @shifted(%all: memref<9x260xf32>, %i: index, %out: memref<f32>) kernel {
    %x = memref.subview %all[%i, 1] [1, 256] [1, 1] : memref<9x260xf32> to memref<256xf32, strided<[1], offset: ?>>
    linalg.generic {indexing_maps = [#row, #one], iterator_types = ["reduction"]}
        ins(%x : memref<256xf32, strided<[1], offset: ?>>) outs(%out : memref<f32>) {
    ^bb0(%a: f32, %sum: f32):
      %next = arith.addf %sum, %a : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // Tiles of 64 columns begin at multiples of 64, rows of 2 columns more do not.
  // CHECK-LABEL: gpu.func @tiles(
  // CHECK: vector.load {{.*}} {alignment = 16 : i64} {{.*}}vector<8xf32>
  gpu.func @tiles(%all: memref<9x128xf32>, %i: index, %out: memref<f32>) kernel {
    %block = gpu.block_id x
    %from = affine.apply affine_map<(b) -> (b * 64)>(%block)
    %x = memref.subview %all[%i, %from] [1, 64] [1, 1] : memref<9x128xf32> to memref<64xf32, strided<[1], offset: ?>>
    linalg.generic {indexing_maps = [#row, #one], iterator_types = ["reduction"]}
        ins(%x : memref<64xf32, strided<[1], offset: ?>>) outs(%out : memref<f32>) {
    ^bb0(%a: f32, %sum: f32):
      %next = arith.addf %sum, %a : f32
      linalg.yield %next : f32
    }
    gpu.return
  }
}
}
