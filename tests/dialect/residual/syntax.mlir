// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

// CHECK-LABEL: @tensors
func.func @tensors(%branch: tensor<4x128xf32>, %x: tensor<4x128xf32>) -> tensor<4x128xf32> {
  // CHECK: cria.residual %{{.*}} into %{{.*}} : tensor<4x128xf32> into tensor<4x128xf32>
  %y = cria.residual %branch into %x : tensor<4x128xf32> into tensor<4x128xf32>
  return %y : tensor<4x128xf32>
}

// CHECK-LABEL: @buffers
func.func @buffers(%branch: memref<1x24xf32>, %x: memref<1x24xf32>) {
  // CHECK: {{^ *}}cria.residual %{{.*}} into %{{.*}} : memref<1x24xf32> into memref<1x24xf32>
  cria.residual %branch into %x : memref<1x24xf32> into memref<1x24xf32>
  return
}
