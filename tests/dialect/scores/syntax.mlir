// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

// CHECK-LABEL: @tensors
func.func @tensors(%q: tensor<4x8x64xf32>, %k: tensor<2x512x64xbf16>, %position: index,
                   %e: tensor<4x8x512xf32>) -> tensor<4x8x512xf32> {
  // CHECK: cria.scores %{{.*}}, %{{.*}} at %{{.*}} into %{{.*}} {scale = 1.250000e-01 : f64} : tensor<4x8x64xf32>, tensor<2x512x64xbf16> into tensor<4x8x512xf32>
  %s = cria.scores %q, %k at %position into %e {scale = 0.125 : f64}
     : tensor<4x8x64xf32>, tensor<2x512x64xbf16> into tensor<4x8x512xf32>
  return %s : tensor<4x8x512xf32>
}

// CHECK-LABEL: @buffers
func.func @buffers(%q: memref<1x3x8xf32>, %k: memref<3x16x8xf32>, %position: index,
                   %e: memref<1x3x16xf32>) {
  // CHECK: {{^ *}}cria.scores %{{.*}}, %{{.*}} at %{{.*}} into %{{.*}} {scale = 1.000000e+00 : f64} : memref<1x3x8xf32>, memref<3x16x8xf32> into memref<1x3x16xf32>
  cria.scores %q, %k at %position into %e {scale = 1.0 : f64}
    : memref<1x3x8xf32>, memref<3x16x8xf32> into memref<1x3x16xf32>
  return
}
