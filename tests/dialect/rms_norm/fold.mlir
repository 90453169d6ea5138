// RUN: cria-opt %s --canonicalize --cse | FileCheck %s

// CHECK-LABEL: @dead
// CHECK-NEXT: return
func.func @dead(%x: tensor<4x24xf32>, %g: tensor<24xbf16>, %e: tensor<4x24xf32>) {
  %0 = cria.rms_norm %x, %g into %e {eps = 1.0e-5 : f64}
    : tensor<4x24xf32>, tensor<24xbf16> into tensor<4x24xf32>
  return
}

// CHECK-LABEL: @equal
// CHECK-NEXT: %[[X:.*]] = cria.rms_norm
// CHECK-NEXT: return %[[X]], %[[X]]
func.func @equal(%x: tensor<4x24xf32>, %g: tensor<24xbf16>, %e: tensor<4x24xf32>)
    -> (tensor<4x24xf32>, tensor<4x24xf32>) {
  %0 = cria.rms_norm %x, %g into %e {eps = 1.0e-5 : f64}
    : tensor<4x24xf32>, tensor<24xbf16> into tensor<4x24xf32>
  %1 = cria.rms_norm %x, %g into %e {eps = 1.0e-5 : f64}
    : tensor<4x24xf32>, tensor<24xbf16> into tensor<4x24xf32>
  return %0, %1 : tensor<4x24xf32>, tensor<4x24xf32>
}

// Writes to memory are neither dead nor subject to CSE.
// CHECK-LABEL: @buffers
// CHECK-COUNT-2: cria.rms_norm
func.func @buffers(%x: memref<4x24xf32>, %g: memref<24xbf16>, %e: memref<4x24xf32>) {
  cria.rms_norm %x, %g into %e {eps = 1.0e-5 : f64}
    : memref<4x24xf32>, memref<24xbf16> into memref<4x24xf32>
  cria.rms_norm %x, %g into %e {eps = 1.0e-5 : f64}
    : memref<4x24xf32>, memref<24xbf16> into memref<4x24xf32>
  return
}

// CHECK-LABEL: @gain_of_one
// CHECK-SAME: (%[[X:.*]]: tensor<4x24xf32>, %[[E:.*]]: tensor<4x24xf32>)
// CHECK-NEXT: cria.rms_norm %[[X]] into %[[E]] {eps = 1.000000e-05 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
func.func @gain_of_one(%x: tensor<4x24xf32>, %e: tensor<4x24xf32>) -> tensor<4x24xf32> {
  %g = arith.constant dense<1.0> : tensor<24xbf16>
  %n = cria.rms_norm %x, %g into %e {eps = 1.0e-5 : f64}
     : tensor<4x24xf32>, tensor<24xbf16> into tensor<4x24xf32>
  return %n : tensor<4x24xf32>
}

// CHECK-LABEL: @gain_of_two
// CHECK: cria.rms_norm %{{.*}}, %{{.*}} into
func.func @gain_of_two(%x: tensor<4x24xf32>, %e: tensor<4x24xf32>) -> tensor<4x24xf32> {
  %g = arith.constant dense<2.0> : tensor<24xf32>
  %n = cria.rms_norm %x, %g into %e {eps = 1.0e-5 : f64}
     : tensor<4x24xf32>, tensor<24xf32> into tensor<4x24xf32>
  return %n : tensor<4x24xf32>
}

// Norms of different eps differ.
// CHECK-LABEL: @different_eps
// CHECK-COUNT-2: cria.rms_norm
func.func @different_eps(%x: tensor<4x24xf32>, %e: tensor<4x24xf32>)
    -> (tensor<4x24xf32>, tensor<4x24xf32>) {
  %0 = cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
  %1 = cria.rms_norm %x into %e {eps = 1.0e-6 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
  return %0, %1 : tensor<4x24xf32>, tensor<4x24xf32>
}
