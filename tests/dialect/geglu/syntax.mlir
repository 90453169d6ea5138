// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

// CHECK-LABEL: @tensors
func.func @tensors(%gate: tensor<4x512xf32>, %up: tensor<4x512xf32>,
                   %e: tensor<4x512xf32>) -> tensor<4x512xf32> {
  // CHECK: cria.geglu %{{.*}}, %{{.*}} into %{{.*}} : tensor<4x512xf32>, tensor<4x512xf32> into tensor<4x512xf32>
  %a = cria.geglu %gate, %up into %e
     : tensor<4x512xf32>, tensor<4x512xf32> into tensor<4x512xf32>
  return %a : tensor<4x512xf32>
}

// CHECK-LABEL: @buffers
func.func @buffers(%gate: memref<1x36xf32>, %up: memref<1x36xf32>, %e: memref<1x36xf32>) {
  // CHECK: {{^ *}}cria.geglu %{{.*}}, %{{.*}} into %{{.*}} : memref<1x36xf32>, memref<1x36xf32> into memref<1x36xf32>
  cria.geglu %gate, %up into %e : memref<1x36xf32>, memref<1x36xf32> into memref<1x36xf32>
  return
}
