// RUN: cria-opt %s --cria-call-launches --canonicalize --cse | FileCheck %s

module attributes {gpu.container_module, cria.kernels = [{name = "decode.a"}, {name = "decode.b"}]} {
  gpu.module @kernels {
    gpu.func @decode_b(%x: memref<4xf32>, %n: index) kernel {
      gpu.return
    }
  }
  // CHECK-LABEL: func.func @decode(
  // CHECK-SAME: %[[WORKER:[a-z0-9]+]]: !llvm.ptr, %[[X:[a-z0-9]+]]: memref<4xf32>, %[[N:[a-z0-9]+]]: index)
  // CHECK: %[[WORDS:.*]] = llvm.alloca %c2_i64 x i64
  // CHECK: %[[POINTER:.*]] = memref.extract_aligned_pointer_as_index %[[X]]
  // CHECK: %[[WORD:.*]] = arith.index_cast %[[POINTER]] : index to i64
  // CHECK: llvm.store %[[WORD]], %[[WORDS]]
  // CHECK: %[[BLOCKS:.*]] = arith.index_cast %[[N]] : index to i64
  // CHECK: call @cria_launch(%[[WORKER]], %c1_i64, %[[BLOCKS]], %c1_i64, %c1_i64, %[[WORDS]], %c2_i64)
  func.func @decode(%worker: !llvm.ptr, %x: memref<4xf32>, %n: index) {
    %c1 = arith.constant 1 : index
    %c256 = arith.constant 256 : index
    gpu.launch_func @kernels::@decode_b blocks in (%n, %c1, %c1) threads in (%c256, %c1, %c1) args(%x : memref<4xf32>, %n : index)
    return
  }
}
