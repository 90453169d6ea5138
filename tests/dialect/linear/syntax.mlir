// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

// CHECK-LABEL: @tensors
func.func @tensors(%x: tensor<4x128xf32>, %w: tensor<256x128xbf16>,
                   %e: tensor<4x256xf32>) -> tensor<4x256xf32> {
  // CHECK: cria.linear %{{.*}}, %{{.*}} into %{{.*}} : tensor<4x128xf32>, tensor<256x128xbf16> into tensor<4x256xf32>
  %q = cria.linear %x, %w into %e
     : tensor<4x128xf32>, tensor<256x128xbf16> into tensor<4x256xf32>
  return %q : tensor<4x256xf32>
}

// CHECK-LABEL: @bias
func.func @bias(%x: tensor<4x128xf32>, %w: tensor<256x128xf32>, %b: tensor<256xf32>,
                %e: tensor<4x256xf32>) -> tensor<4x256xf32> {
  // CHECK: cria.linear %{{.*}}, %{{.*}} bias %{{.*}} into %{{.*}} : tensor<4x128xf32>, tensor<256x128xf32> bias tensor<256xf32> into tensor<4x256xf32>
  %k = cria.linear %x, %w bias %b into %e
     : tensor<4x128xf32>, tensor<256x128xf32> bias tensor<256xf32> into tensor<4x256xf32>
  return %k : tensor<4x256xf32>
}

// CHECK-LABEL: @buffers
func.func @buffers(%x: memref<1x24xf32>, %w: memref<36x24xf16>, %b: memref<36xf16>,
                   %e: memref<1x36xf32>) {
  // CHECK: {{^ *}}cria.linear %{{.*}}, %{{.*}} bias %{{.*}} into %{{.*}} : memref<1x24xf32>, memref<36x24xf16> bias memref<36xf16> into memref<1x36xf32>
  cria.linear %x, %w bias %b into %e
    : memref<1x24xf32>, memref<36x24xf16> bias memref<36xf16> into memref<1x36xf32>
  return
}

// CHECK-LABEL: @factors
func.func @factors(%x: tensor<4x128xf32>, %w: tensor<256x128xbf16>, %b: tensor<256xbf16>, %g: tensor<128xbf16>,
                   %s: tensor<4xf32>, %e: tensor<4x256xf32>) -> tensor<4x256xf32> {
  // CHECK: cria.linear %{{.*}}, %{{.*}} bias %{{.*}} gain %{{.*}} scale %{{.*}} into %{{.*}} {alpha = 5.000000e-01 : f64} : tensor<4x128xf32>, tensor<256x128xbf16> bias tensor<256xbf16> gain tensor<128xbf16> scale tensor<4xf32> into tensor<4x256xf32>
  %k = cria.linear %x, %w bias %b gain %g scale %s into %e {alpha = 0.5 : f64}
     : tensor<4x128xf32>, tensor<256x128xbf16> bias tensor<256xbf16> gain tensor<128xbf16> scale tensor<4xf32>
       into tensor<4x256xf32>
  return %k : tensor<4x256xf32>
}

// CHECK-LABEL: @norm
func.func @norm(%x: tensor<4x128xf32>, %w: tensor<256x128xbf16>, %g: tensor<128xbf16>,
                %r: tensor<4xf32>, %e: tensor<4x256xf32>) -> tensor<4x256xf32> {
  // CHECK: cria.linear %{{.*}}, %{{.*}} gain %{{.*}} scale %{{.*}} into
  %n = cria.linear %x, %w gain %g scale %r into %e
     : tensor<4x128xf32>, tensor<256x128xbf16> gain tensor<128xbf16> scale tensor<4xf32>
       into tensor<4x256xf32>
  return %n : tensor<4x256xf32>
}
