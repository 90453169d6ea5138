// RUN: cria-opt %s --cria-thread-loops --canonicalize --cse | FileCheck %s

// What tensor cores do not compute is left to lanes or threads.

#target = #dlti.target_system_spec<"GPU" = #dlti.target_device_spec<"vector_bits" = 1024 : i64>>
#x = affine_map<(t, n, k) -> (t, k)>
#w = affine_map<(t, n, k) -> (n, k)>
#across = affine_map<(t, n, k) -> (k, n)>
#out = affine_map<(t, n, k) -> (t, n)>

module attributes {dlti.target_system_spec = #target, gpu.container_module} {
gpu.module @kernels {
  // Rows that are no multiple of a step.
  // CHECK-LABEL: gpu.func @odd(
  // CHECK-NOT: nvvm.mma.sync
  // CHECK: gpu.shuffle
  gpu.func @odd(%x: memref<4x40xf32>, %w: memref<8x40xbf16>, %out: memref<4x8xf32>) kernel attributes {cria.schedule = #cria.schedule<unit = mma_bf16>} {
    linalg.generic {indexing_maps = [#x, #w, #out], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w : memref<4x40xf32>, memref<8x40xbf16>) outs(%out : memref<4x8xf32>) {
    ^bb0(%a: f32, %b: bf16, %sum: f32):
      %wide = arith.extf %b : bf16 to f32
      %product = arith.mulf %a, %wide : f32
      %next = arith.addf %sum, %product : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // A single row, of which a fragment would be one of 16.
  // CHECK-LABEL: gpu.func @one_row(
  // CHECK-NOT: nvvm.mma.sync
  // CHECK: gpu.shuffle
  gpu.func @one_row(%x: memref<1x64xf32>, %w: memref<64x64xbf16>, %out: memref<1x64xf32>) kernel attributes {cria.schedule = #cria.schedule<unit = mma_bf16>} {
    linalg.generic {indexing_maps = [#x, #w, #out], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w : memref<1x64xf32>, memref<64x64xbf16>) outs(%out : memref<1x64xf32>) {
    ^bb0(%a: f32, %b: bf16, %sum: f32):
      %wide = arith.extf %b : bf16 to f32
      %product = arith.mulf %a, %wide : f32
      %next = arith.addf %sum, %product : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // Columns that are no multiple of a fragment.
  // CHECK-LABEL: gpu.func @columns(
  // CHECK-NOT: nvvm.mma.sync
  // CHECK: gpu.shuffle
  gpu.func @columns(%x: memref<4x64xf32>, %w: memref<12x64xbf16>, %out: memref<4x12xf32>) kernel attributes {cria.schedule = #cria.schedule<unit = mma_bf16>} {
    linalg.generic {indexing_maps = [#x, #w, #out], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w : memref<4x64xf32>, memref<12x64xbf16>) outs(%out : memref<4x12xf32>) {
    ^bb0(%a: f32, %b: bf16, %sum: f32):
      %wide = arith.extf %b : bf16 to f32
      %product = arith.mulf %a, %wide : f32
      %next = arith.addf %sum, %product : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // A lane reads 8 columns of each row where these lie side by side: 64 are needed.
  // CHECK-LABEL: gpu.func @few_across(
  // CHECK-NOT: nvvm.mma.sync
  // CHECK: scf.for
  gpu.func @few_across(%x: memref<4x64xf32>, %w: memref<64x32xbf16>, %out: memref<4x32xf32>) kernel attributes {cria.schedule = #cria.schedule<unit = mma_bf16>} {
    linalg.generic {indexing_maps = [#x, #across, #out], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w : memref<4x64xf32>, memref<64x32xbf16>) outs(%out : memref<4x32xf32>) {
    ^bb0(%a: f32, %b: bf16, %sum: f32):
      %wide = arith.extf %b : bf16 to f32
      %product = arith.mulf %a, %wide : f32
      %next = arith.addf %sum, %product : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // A last step that is not whole, behind which the next row may begin.
  // CHECK-LABEL: gpu.func @open_end(
  // CHECK-NOT: nvvm.mma.sync
  // CHECK: scf.for
  gpu.func @open_end(%x: memref<4x?xf32, strided<[40, 1]>>, %w: memref<?x64xbf16>, %out: memref<4x64xf32>) kernel attributes {cria.schedule = #cria.schedule<unit = mma_bf16>} {
    linalg.generic {indexing_maps = [#x, #across, #out], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w : memref<4x?xf32, strided<[40, 1]>>, memref<?x64xbf16>) outs(%out : memref<4x64xf32>) {
    ^bb0(%a: f32, %b: bf16, %sum: f32):
      %wide = arith.extf %b : bf16 to f32
      %product = arith.mulf %a, %wide : f32
      %next = arith.addf %sum, %product : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // No product of the two.
  // CHECK-LABEL: gpu.func @squares(
  // CHECK-NOT: nvvm.mma.sync
  // CHECK: gpu.shuffle
  gpu.func @squares(%x: memref<4x64xf32>, %w: memref<64x64xbf16>, %out: memref<4x64xf32>) kernel attributes {cria.schedule = #cria.schedule<unit = mma_bf16>} {
    linalg.generic {indexing_maps = [#x, #w, #out], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w : memref<4x64xf32>, memref<64x64xbf16>) outs(%out : memref<4x64xf32>) {
    ^bb0(%a: f32, %b: bf16, %sum: f32):
      %wide = arith.extf %b : bf16 to f32
      %product = arith.mulf %wide, %wide : f32
      %next = arith.addf %sum, %product : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // No sum.
  // CHECK-LABEL: gpu.func @largest(
  // CHECK-NOT: nvvm.mma.sync
  // CHECK: gpu.shuffle
  gpu.func @largest(%x: memref<4x64xf32>, %w: memref<64x64xbf16>, %out: memref<4x64xf32>) kernel attributes {cria.schedule = #cria.schedule<unit = mma_bf16>} {
    linalg.generic {indexing_maps = [#x, #w, #out], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w : memref<4x64xf32>, memref<64x64xbf16>) outs(%out : memref<4x64xf32>) {
    ^bb0(%a: f32, %b: bf16, %sum: f32):
      %wide = arith.extf %b : bf16 to f32
      %product = arith.mulf %a, %wide : f32
      %next = arith.maximumf %sum, %product : f32
      linalg.yield %next : f32
    }
    gpu.return
  }

  // No unit of tensor cores in the schedule.
  // CHECK-LABEL: gpu.func @by_lanes(
  // CHECK-NOT: nvvm.mma.sync
  // CHECK: gpu.shuffle
  gpu.func @by_lanes(%x: memref<4x64xf32>, %w: memref<64x64xbf16>, %out: memref<4x64xf32>) kernel attributes {cria.schedule = #cria.schedule<unit = fma>} {
    linalg.generic {indexing_maps = [#x, #w, #out], iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w : memref<4x64xf32>, memref<64x64xbf16>) outs(%out : memref<4x64xf32>) {
    ^bb0(%a: f32, %b: bf16, %sum: f32):
      %wide = arith.extf %b : bf16 to f32
      %product = arith.mulf %a, %wide : f32
      %next = arith.addf %sum, %product : f32
      linalg.yield %next : f32
    }
    gpu.return
  }
}
}
