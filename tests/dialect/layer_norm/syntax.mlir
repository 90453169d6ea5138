// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

// CHECK-LABEL: @tensors
func.func @tensors(%x: tensor<4x128xf32>, %g: tensor<128xbf16>, %b: tensor<128xbf16>,
                   %e: tensor<4x128xf32>) -> tensor<4x128xf32> {
  // CHECK: cria.layer_norm %{{.*}}, %{{.*}} bias %{{.*}} into %{{.*}} {eps = 1.000000e-05 : f64} : tensor<4x128xf32>, tensor<128xbf16> bias tensor<128xbf16> into tensor<4x128xf32>
  %n = cria.layer_norm %x, %g bias %b into %e {eps = 1.0e-5 : f64}
     : tensor<4x128xf32>, tensor<128xbf16> bias tensor<128xbf16> into tensor<4x128xf32>
  return %n : tensor<4x128xf32>
}

// CHECK-LABEL: @no_bias
func.func @no_bias(%x: tensor<4x128xf32>, %g: tensor<128xf16>, %e: tensor<4x128xf32>)
    -> tensor<4x128xf32> {
  // CHECK: cria.layer_norm %{{.*}}, %{{.*}} into %{{.*}} {eps = 0.000000e+00 : f64} : tensor<4x128xf32>, tensor<128xf16> into tensor<4x128xf32>
  %n = cria.layer_norm %x, %g into %e {eps = 0.0 : f64}
     : tensor<4x128xf32>, tensor<128xf16> into tensor<4x128xf32>
  return %n : tensor<4x128xf32>
}

// CHECK-LABEL: @only_bias
func.func @only_bias(%x: tensor<4x128xf32>, %b: tensor<128xf32>, %e: tensor<4x128xf32>)
    -> tensor<4x128xf32> {
  // CHECK: cria.layer_norm %{{.*}} bias %{{.*}} into %{{.*}} : tensor<4x128xf32> bias tensor<128xf32> into tensor<4x128xf32>
  %n = cria.layer_norm %x bias %b into %e {eps = 1.0e-5 : f64}
     : tensor<4x128xf32> bias tensor<128xf32> into tensor<4x128xf32>
  return %n : tensor<4x128xf32>
}

// CHECK-LABEL: @buffers
func.func @buffers(%x: memref<1x24xf32>, %g: memref<24xf32>, %b: memref<24xf32>,
                   %e: memref<1x24xf32>) {
  // CHECK: {{^ *}}cria.layer_norm %{{.*}}, %{{.*}} bias %{{.*}} into %{{.*}} {eps = 1.000000e-05 : f64} : memref<1x24xf32>, memref<24xf32> bias memref<24xf32> into memref<1x24xf32>
  cria.layer_norm %x, %g bias %b into %e {eps = 1.0e-5 : f64}
    : memref<1x24xf32>, memref<24xf32> bias memref<24xf32> into memref<1x24xf32>
  return
}
