// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

// CHECK-LABEL: @tensors
func.func @tensors(%x: tensor<4x8x512xf32>, %position: index,
                   %e: tensor<4x8x512xf32>) -> tensor<4x8x512xf32> {
  // CHECK: cria.softmax %{{.*}} at %{{.*}} into %{{.*}} : tensor<4x8x512xf32> into tensor<4x8x512xf32>
  %w = cria.softmax %x at %position into %e : tensor<4x8x512xf32> into tensor<4x8x512xf32>
  return %w : tensor<4x8x512xf32>
}

// CHECK-LABEL: @buffers
func.func @buffers(%x: memref<1x3x16xf32>, %position: index, %e: memref<1x3x16xf32>) {
  // CHECK: {{^ *}}cria.softmax %{{.*}} at %{{.*}} into %{{.*}} : memref<1x3x16xf32> into memref<1x3x16xf32>
  cria.softmax %x at %position into %e : memref<1x3x16xf32> into memref<1x3x16xf32>
  return
}
