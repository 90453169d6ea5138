// RUN: cria-opt %s --canonicalize --cse | FileCheck %s

// CHECK-LABEL: @dead
// CHECK-NEXT: return
func.func @dead(%x: tensor<4x24xf32>, %g: tensor<24xbf16>, %e: tensor<4x24xf32>) {
  %0 = cria.layer_norm %x, %g into %e {eps = 1.0e-5 : f64}
    : tensor<4x24xf32>, tensor<24xbf16> into tensor<4x24xf32>
  return
}

// A gain is not an offset.
// CHECK-LABEL: @different
// CHECK: %[[A:.*]] = cria.layer_norm %{{.*}}, %{{.*}} into
// CHECK: %[[B:.*]] = cria.layer_norm %{{.*}} bias %{{.*}} into
// CHECK-NEXT: return %[[A]], %[[A]], %[[B]]
func.func @different(%x: tensor<4x24xf32>, %g: tensor<24xf32>, %e: tensor<4x24xf32>)
    -> (tensor<4x24xf32>, tensor<4x24xf32>, tensor<4x24xf32>) {
  %0 = cria.layer_norm %x, %g into %e {eps = 1.0e-5 : f64}
    : tensor<4x24xf32>, tensor<24xf32> into tensor<4x24xf32>
  %1 = cria.layer_norm %x, %g into %e {eps = 1.0e-5 : f64}
    : tensor<4x24xf32>, tensor<24xf32> into tensor<4x24xf32>
  %2 = cria.layer_norm %x bias %g into %e {eps = 1.0e-5 : f64}
    : tensor<4x24xf32> bias tensor<24xf32> into tensor<4x24xf32>
  return %0, %1, %2 : tensor<4x24xf32>, tensor<4x24xf32>, tensor<4x24xf32>
}

// Writes to memory are neither dead nor subject to CSE.
// CHECK-LABEL: @buffers
// CHECK-COUNT-2: cria.layer_norm
func.func @buffers(%x: memref<4x24xf32>, %g: memref<24xbf16>, %e: memref<4x24xf32>) {
  cria.layer_norm %x, %g into %e {eps = 1.0e-5 : f64}
    : memref<4x24xf32>, memref<24xbf16> into memref<4x24xf32>
  cria.layer_norm %x, %g into %e {eps = 1.0e-5 : f64}
    : memref<4x24xf32>, memref<24xbf16> into memref<4x24xf32>
  return
}

// CHECK-LABEL: @gain_of_one_and_offset_of_zero
// CHECK-SAME: (%[[X:.*]]: tensor<4x24xf32>, %[[E:.*]]: tensor<4x24xf32>)
// CHECK-NEXT: cria.layer_norm %[[X]] into %[[E]] {eps = 1.000000e-05 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
func.func @gain_of_one_and_offset_of_zero(%x: tensor<4x24xf32>, %e: tensor<4x24xf32>) -> tensor<4x24xf32> {
  %g = arith.constant dense<1.0> : tensor<24xbf16>
  %b = arith.constant dense<0.0> : tensor<24xf16>
  %n = cria.layer_norm %x, %g bias %b into %e {eps = 1.0e-5 : f64}
     : tensor<4x24xf32>, tensor<24xbf16> bias tensor<24xf16> into tensor<4x24xf32>
  return %n : tensor<4x24xf32>
}

// CHECK-LABEL: @gain_of_zero_and_offset_of_one
// CHECK: cria.layer_norm %{{.*}}, %{{.*}} bias %{{.*}} into
func.func @gain_of_zero_and_offset_of_one(%x: tensor<4x24xf32>, %e: tensor<4x24xf32>) -> tensor<4x24xf32> {
  %g = arith.constant dense<0.0> : tensor<24xf32>
  %b = arith.constant dense<1.0> : tensor<24xf32>
  %n = cria.layer_norm %x, %g bias %b into %e {eps = 1.0e-5 : f64}
     : tensor<4x24xf32>, tensor<24xf32> bias tensor<24xf32> into tensor<4x24xf32>
  return %n : tensor<4x24xf32>
}
