// RUN: cria-opt %s --split-input-file --cria-join-launches --canonicalize --cse | FileCheck %s

// Views of one memory: the first kernel writes rows of the first half, one a block, and those of a
// group are a row of the second kernel's shape. A group of one block counts nothing.
// CHECK-LABEL: gpu.func @decode_rows(
// CHECK: linalg.fill
// CHECK-NEXT: gpu.barrier
// CHECK-NOT: llvm.atomicrmw
// CHECK: linalg.copy
// CHECK: gpu.return
// CHECK-LABEL: gpu.func @decode_halves(
// CHECK: llvm.atomicrmw uinc_wrap %{{.*}}, %c1_i32
// CHECK: linalg.copy
// CHECK: gpu.return
// A block that reads, or writes, what blocks of another group write, or read, is not theirs.
// CHECK: gpu.func @decode_rows2(
// CHECK-NOT: linalg.copy
// CHECK: gpu.func @decode_reads_others(
// CHECK: gpu.func @decode_rows3(
// CHECK-NOT: linalg.copy
// CHECK: gpu.func @decode_writes_others(
// Nor is one whose rows are only known when it runs.
// CHECK: gpu.func @decode_rows4(
// CHECK-NOT: linalg.copy
// CHECK: gpu.func @decode_anywhere(
module attributes {gpu.container_module, cria.kernels = [
    {name = "decode.rows", calls = 1 : i64, bytes = array<i64: 100, 0, 0, 0>, flops = array<i64: 5, 0, 0, 0>},
    {name = "decode.each", calls = 1 : i64, bytes = array<i64: 200, 20, 0, 0>, flops = array<i64: 2, 0, 0, 0>},
    {name = "decode.halves", calls = 1 : i64, bytes = array<i64: 200, 20, 0, 0>, flops = array<i64: 2, 0, 0, 0>},
    {name = "decode.two", calls = 1 : i64, bytes = array<i64: 200, 20, 0, 0>, flops = array<i64: 2, 0, 0, 0>},
    {name = "decode.rows2", calls = 1 : i64, bytes = array<i64: 100, 0, 0, 0>, flops = array<i64: 5, 0, 0, 0>},
    {name = "decode.reads_others", calls = 1 : i64, bytes = array<i64: 200, 20, 0, 0>, flops = array<i64: 2, 0, 0, 0>},
    {name = "decode.rows3", calls = 1 : i64, bytes = array<i64: 100, 0, 0, 0>, flops = array<i64: 5, 0, 0, 0>},
    {name = "decode.writes_others", calls = 1 : i64, bytes = array<i64: 200, 20, 0, 0>, flops = array<i64: 2, 0, 0, 0>},
    {name = "decode.rows4", calls = 1 : i64, bytes = array<i64: 100, 0, 0, 0>, flops = array<i64: 5, 0, 0, 0>},
    {name = "decode.anywhere", calls = 1 : i64, bytes = array<i64: 200, 20, 0, 0>, flops = array<i64: 2, 0, 0, 0>}]} {
  gpu.module @kernels {
    gpu.func @decode_rows(%m: memref<256xi8>) kernel {
      %x = gpu.block_id x
      %c0 = arith.constant 0 : index
      %zero = arith.constant 0.0 : f32
      %a = memref.view %m[%c0][] : memref<256xi8> to memref<4x8xf32>
      %own = memref.subview %a[%x, 0] [1, 8] [1, 1]
           : memref<4x8xf32> to memref<8xf32, strided<[1], offset: ?>>
      linalg.fill ins(%zero : f32) outs(%own : memref<8xf32, strided<[1], offset: ?>>)
      gpu.return
    }
    gpu.func @decode_each(%m: memref<256xi8>) kernel {
      %x = gpu.block_id x
      %c0 = arith.constant 0 : index
      %c128 = arith.constant 128 : index
      %a = memref.view %m[%c0][] : memref<256xi8> to memref<4x8xf32>
      %b = memref.view %m[%c128][] : memref<256xi8> to memref<4x8xf32>
      %from = memref.subview %a[%x, 0] [1, 8] [1, 1]
            : memref<4x8xf32> to memref<8xf32, strided<[1], offset: ?>>
      %to = memref.subview %b[%x, 0] [1, 8] [1, 1]
          : memref<4x8xf32> to memref<8xf32, strided<[1], offset: ?>>
      linalg.copy ins(%from : memref<8xf32, strided<[1], offset: ?>>)
                  outs(%to : memref<8xf32, strided<[1], offset: ?>>)
      gpu.return
    }
    gpu.func @decode_halves(%m: memref<256xi8>) kernel {
      %x = gpu.block_id x
      %c0 = arith.constant 0 : index
      %zero = arith.constant 0.0 : f32
      %a = memref.view %m[%c0][] : memref<256xi8> to memref<4x8xf32>
      %own = memref.subview %a[%x, 0] [1, 8] [1, 1]
           : memref<4x8xf32> to memref<8xf32, strided<[1], offset: ?>>
      linalg.fill ins(%zero : f32) outs(%own : memref<8xf32, strided<[1], offset: ?>>)
      gpu.return
    }
    gpu.func @decode_two(%m: memref<256xi8>) kernel {
      %x = gpu.block_id x
      %c0 = arith.constant 0 : index
      %c128 = arith.constant 128 : index
      %a = memref.view %m[%c0][] : memref<256xi8> to memref<32xf32>
      %b = memref.view %m[%c128][] : memref<256xi8> to memref<2x16xf32>
      %both = memref.expand_shape %a [[0, 1]] output_shape [2, 16]
            : memref<32xf32> into memref<2x16xf32>
      %from = memref.subview %both[%x, 0] [1, 16] [1, 1]
            : memref<2x16xf32> to memref<16xf32, strided<[1], offset: ?>>
      %to = memref.subview %b[%x, 0] [1, 16] [1, 1]
          : memref<2x16xf32> to memref<16xf32, strided<[1], offset: ?>>
      linalg.copy ins(%from : memref<16xf32, strided<[1], offset: ?>>)
                  outs(%to : memref<16xf32, strided<[1], offset: ?>>)
      gpu.return
    }
    gpu.func @decode_rows2(%m: memref<256xi8>) kernel {
      %x = gpu.block_id x
      %c0 = arith.constant 0 : index
      %zero = arith.constant 0.0 : f32
      %a = memref.view %m[%c0][] : memref<256xi8> to memref<4x8xf32>
      %own = memref.subview %a[%x, 0] [1, 8] [1, 1]
           : memref<4x8xf32> to memref<8xf32, strided<[1], offset: ?>>
      linalg.fill ins(%zero : f32) outs(%own : memref<8xf32, strided<[1], offset: ?>>)
      gpu.return
    }
    gpu.func @decode_reads_others(%m: memref<256xi8>) kernel {
      %x = gpu.block_id x
      %c4 = arith.constant 4 : index
      %c128 = arith.constant 128 : index
      %a = memref.view %m[%c4][] : memref<256xi8> to memref<4x8xf32>
      %b = memref.view %m[%c128][] : memref<256xi8> to memref<4x8xf32>
      %from = memref.subview %a[%x, 0] [1, 8] [1, 1]
            : memref<4x8xf32> to memref<8xf32, strided<[1], offset: ?>>
      %to = memref.subview %b[%x, 0] [1, 8] [1, 1]
          : memref<4x8xf32> to memref<8xf32, strided<[1], offset: ?>>
      linalg.copy ins(%from : memref<8xf32, strided<[1], offset: ?>>)
                  outs(%to : memref<8xf32, strided<[1], offset: ?>>)
      gpu.return
    }
    gpu.func @decode_rows3(%m: memref<256xi8>, %in: memref<4x8xf32>) kernel {
      %x = gpu.block_id x
      %c0 = arith.constant 0 : index
      %a = memref.view %m[%c0][] : memref<256xi8> to memref<4x8xf32>
      %own = memref.subview %a[%x, 0] [1, 8] [1, 1]
           : memref<4x8xf32> to memref<8xf32, strided<[1], offset: ?>>
      %from = memref.subview %in[3, 0] [1, 8] [1, 1]
            : memref<4x8xf32> to memref<8xf32, strided<[1], offset: 24>>
      linalg.add ins(%from, %from : memref<8xf32, strided<[1], offset: 24>>, memref<8xf32, strided<[1], offset: 24>>)
                 outs(%own : memref<8xf32, strided<[1], offset: ?>>)
      gpu.return
    }
    gpu.func @decode_writes_others(%m: memref<256xi8>, %in: memref<4x8xf32>) kernel {
      %x = gpu.block_id x
      %c0 = arith.constant 0 : index
      %a = memref.view %m[%c0][] : memref<256xi8> to memref<4x8xf32>
      %from = memref.subview %a[%x, 0] [1, 8] [1, 1]
            : memref<4x8xf32> to memref<8xf32, strided<[1], offset: ?>>
      %to = memref.subview %in[%x, 0] [1, 8] [1, 1]
          : memref<4x8xf32> to memref<8xf32, strided<[1], offset: ?>>
      linalg.copy ins(%from : memref<8xf32, strided<[1], offset: ?>>)
                  outs(%to : memref<8xf32, strided<[1], offset: ?>>)
      gpu.return
    }
    gpu.func @decode_rows4(%m: memref<256xi8>) kernel {
      %x = gpu.block_id x
      %c0 = arith.constant 0 : index
      %zero = arith.constant 0.0 : f32
      %a = memref.view %m[%c0][] : memref<256xi8> to memref<4x8xf32>
      %own = memref.subview %a[%x, 0] [1, 8] [1, 1]
           : memref<4x8xf32> to memref<8xf32, strided<[1], offset: ?>>
      linalg.fill ins(%zero : f32) outs(%own : memref<8xf32, strided<[1], offset: ?>>)
      gpu.return
    }
    gpu.func @decode_anywhere(%m: memref<256xi8>, %i: index) kernel {
      %x = gpu.block_id x
      %c0 = arith.constant 0 : index
      %c128 = arith.constant 128 : index
      %a = memref.view %m[%c0][] : memref<256xi8> to memref<4x8xf32>
      %b = memref.view %m[%c128][] : memref<256xi8> to memref<4x8xf32>
      %from = memref.subview %a[%i, 0] [1, 8] [1, 1]
            : memref<4x8xf32> to memref<8xf32, strided<[1], offset: ?>>
      %to = memref.subview %b[%x, 0] [1, 8] [1, 1]
          : memref<4x8xf32> to memref<8xf32, strided<[1], offset: ?>>
      linalg.copy ins(%from : memref<8xf32, strided<[1], offset: ?>>)
                  outs(%to : memref<8xf32, strided<[1], offset: ?>>)
      gpu.return
    }
  }
  func.func private @other()
  func.func @decode(%m: memref<256xi8>, %in: memref<4x8xf32>, %i: index) {
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c4 = arith.constant 4 : index
    %c256 = arith.constant 256 : index
    gpu.launch_func @kernels::@decode_rows blocks in (%c4, %c1, %c1) threads in (%c256, %c1, %c1)
        args(%m : memref<256xi8>)
    gpu.launch_func @kernels::@decode_each blocks in (%c4, %c1, %c1) threads in (%c256, %c1, %c1)
        args(%m : memref<256xi8>)
    func.call @other() : () -> ()
    gpu.launch_func @kernels::@decode_halves blocks in (%c4, %c1, %c1) threads in (%c256, %c1, %c1)
        args(%m : memref<256xi8>)
    gpu.launch_func @kernels::@decode_two blocks in (%c2, %c1, %c1) threads in (%c256, %c1, %c1)
        args(%m : memref<256xi8>)
    func.call @other() : () -> ()
    gpu.launch_func @kernels::@decode_rows2 blocks in (%c4, %c1, %c1) threads in (%c256, %c1, %c1)
        args(%m : memref<256xi8>)
    gpu.launch_func @kernels::@decode_reads_others blocks in (%c4, %c1, %c1) threads in (%c256, %c1, %c1)
        args(%m : memref<256xi8>)
    func.call @other() : () -> ()
    gpu.launch_func @kernels::@decode_rows3 blocks in (%c4, %c1, %c1) threads in (%c256, %c1, %c1)
        args(%m : memref<256xi8>, %in : memref<4x8xf32>)
    gpu.launch_func @kernels::@decode_writes_others blocks in (%c4, %c1, %c1) threads in (%c256, %c1, %c1)
        args(%m : memref<256xi8>, %in : memref<4x8xf32>)
    func.call @other() : () -> ()
    gpu.launch_func @kernels::@decode_rows4 blocks in (%c4, %c1, %c1) threads in (%c256, %c1, %c1)
        args(%m : memref<256xi8>)
    gpu.launch_func @kernels::@decode_anywhere blocks in (%c4, %c1, %c1) threads in (%c256, %c1, %c1)
        args(%m : memref<256xi8>, %i : index)
    return
  }
}
