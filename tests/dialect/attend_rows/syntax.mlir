// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

// CHECK-LABEL: @tensors
func.func @tensors(%q: tensor<1x8x64xf32>, %k: tensor<2x512x64xbf16>, %v: tensor<2x512x64xbf16>,
                   %begin: index, %end: index, %e: tensor<1x8x64xf32>, %f: tensor<1x8x2xf32>)
    -> (tensor<1x8x64xf32>, tensor<1x8x2xf32>) {
  // CHECK: cria.attend_rows %{{.*}}, %{{.*}}, %{{.*}} from %{{.*}} to %{{.*}} into %{{.*}}, %{{.*}} {scale = 1.250000e-01 : f64} : tensor<1x8x64xf32>, tensor<2x512x64xbf16>, tensor<2x512x64xbf16> into tensor<1x8x64xf32>, tensor<1x8x2xf32>
  %m, %s = cria.attend_rows %q, %k, %v from %begin to %end into %e, %f
      {scale = 0.125 : f64}
    : tensor<1x8x64xf32>, tensor<2x512x64xbf16>, tensor<2x512x64xbf16>
      into tensor<1x8x64xf32>, tensor<1x8x2xf32>
  return %m, %s : tensor<1x8x64xf32>, tensor<1x8x2xf32>
}

// CHECK-LABEL: @buffers
func.func @buffers(%q: memref<3x4x6xf32>, %k: memref<2x9x6xf32>, %begin: index, %end: index,
                   %e: memref<3x4x6xf32>, %f: memref<3x4x2xf32>) {
  // CHECK: {{^ *}}cria.attend_rows %{{.*}} into %{{.*}}, %{{.*}} {scale = 1.000000e+00 : f64} : memref<3x4x6xf32>
  cria.attend_rows %q, %k, %k from %begin to %end into %e, %f {scale = 1.0 : f64}
    : memref<3x4x6xf32>, memref<2x9x6xf32>, memref<2x9x6xf32> into memref<3x4x6xf32>, memref<3x4x2xf32>
  return
}
