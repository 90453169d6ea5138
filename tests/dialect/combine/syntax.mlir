// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

// CHECK-LABEL: @tensors
func.func @tensors(%m: tensor<4x8x64xf32>, %s: tensor<4x8x2xf32>, %e: tensor<1x8x64xf32>)
    -> tensor<1x8x64xf32> {
  // CHECK: cria.combine %{{.*}}, %{{.*}} into %{{.*}} : tensor<4x8x64xf32>, tensor<4x8x2xf32> into tensor<1x8x64xf32>
  %o = cria.combine %m, %s into %e
     : tensor<4x8x64xf32>, tensor<4x8x2xf32> into tensor<1x8x64xf32>
  return %o : tensor<1x8x64xf32>
}

// CHECK-LABEL: @buffers
func.func @buffers(%m: memref<3x4x6xf32>, %s: memref<3x4x2xf32>, %e: memref<1x4x6xf32>) {
  // CHECK: {{^ *}}cria.combine %{{.*}}, %{{.*}} into %{{.*}} : memref<3x4x6xf32>, memref<3x4x2xf32> into memref<1x4x6xf32>
  cria.combine %m, %s into %e : memref<3x4x6xf32>, memref<3x4x2xf32> into memref<1x4x6xf32>
  return
}
