// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

// CHECK-LABEL: @tensors
func.func @tensors(%x: tensor<4x128xf32>, %e: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: cria.rms_scale %{{.*}} into %{{.*}} {eps = 1.000000e-05 : f64} : tensor<4x128xf32> into tensor<4xf32>
  %r = cria.rms_scale %x into %e {eps = 1.0e-5 : f64} : tensor<4x128xf32> into tensor<4xf32>
  return %r : tensor<4xf32>
}

// CHECK-LABEL: @buffers
func.func @buffers(%x: memref<1x24xf32>, %e: memref<1xf32>) {
  // CHECK: {{^ *}}cria.rms_scale %{{.*}} into %{{.*}} {eps = 0.000000e+00 : f64} : memref<1x24xf32> into memref<1xf32>
  cria.rms_scale %x into %e {eps = 0.0 : f64} : memref<1x24xf32> into memref<1xf32>
  return
}
