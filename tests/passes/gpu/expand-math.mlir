// RUN: cria-opt %s --cria-expand-math --split-input-file --verify-diagnostics | FileCheck %s

gpu.module @kernels {
  // CHECK-LABEL: gpu.func @k(
  // CHECK-NOT: math.
  // CHECK: llvm.call_intrinsic "llvm.fma"
  // CHECK: llvm.call_intrinsic "llvm.floor"
  // CHECK: llvm.call_intrinsic "llvm.sqrt"(%{{.*}}) : (vector<2xf32>) -> vector<2xf32>
  // CHECK: llvm.call_intrinsic "llvm.maxnum"
  gpu.func @k(%angle: f64, %x: vector<2xf32>, %y: f32, %out: memref<2xf64>, %rest: memref<2xf32>) kernel {
    %c0 = arith.constant 0 : index
    %sine = math.sin %angle : f64
    memref.store %sine, %out[%c0] : memref<2xf64>
    %root = math.sqrt %x : vector<2xf32>
    vector.store %root, %rest[%c0] : memref<2xf32>, vector<2xf32>
    %most = arith.maxnumf %y, %y : f32
    memref.store %most, %rest[%c0] : memref<2xf32>
    gpu.return
  }
}

// -----

gpu.module @kernels {
  gpu.func @k(%x: f32, %out: memref<1xf32>) kernel {
    %c0 = arith.constant 0 : index
    // expected-error @below {{has no instruction on a GPU}}
    %y = math.atan %x : f32
    memref.store %y, %out[%c0] : memref<1xf32>
    gpu.return
  }
}
