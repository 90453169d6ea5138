// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

// CHECK-LABEL: @tensors
func.func @tensors(%w: tensor<4x8x512xf32>, %v: tensor<2x512x64xbf16>, %position: index,
                   %e: tensor<4x8x64xf32>) -> tensor<4x8x64xf32> {
  // CHECK: cria.mix %{{.*}}, %{{.*}} at %{{.*}} into %{{.*}} : tensor<4x8x512xf32>, tensor<2x512x64xbf16> into tensor<4x8x64xf32>
  %o = cria.mix %w, %v at %position into %e
     : tensor<4x8x512xf32>, tensor<2x512x64xbf16> into tensor<4x8x64xf32>
  return %o : tensor<4x8x64xf32>
}

// CHECK-LABEL: @buffers
func.func @buffers(%w: memref<1x3x16xf32>, %v: memref<3x16x8xf32>, %position: index,
                   %e: memref<1x3x8xf32>) {
  // CHECK: {{^ *}}cria.mix %{{.*}}, %{{.*}} at %{{.*}} into %{{.*}} : memref<1x3x16xf32>, memref<3x16x8xf32> into memref<1x3x8xf32>
  cria.mix %w, %v at %position into %e
    : memref<1x3x16xf32>, memref<3x16x8xf32> into memref<1x3x8xf32>
  return
}
