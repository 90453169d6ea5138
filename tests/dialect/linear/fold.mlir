// RUN: cria-opt %s --canonicalize --cse | FileCheck %s

// CHECK-LABEL: @dead
// CHECK-NEXT: return
func.func @dead(%x: tensor<4x24xf32>, %w: tensor<36x24xbf16>, %b: tensor<36xbf16>, %e: tensor<4x36xf32>) {
  %0 = cria.linear %x, %w bias %b into %e
    : tensor<4x24xf32>, tensor<36x24xbf16> bias tensor<36xbf16> into tensor<4x36xf32>
  return
}

// CHECK-LABEL: @equal
// CHECK-NEXT: %[[X:.*]] = cria.linear
// CHECK-NEXT: return %[[X]], %[[X]]
func.func @equal(%x: tensor<4x24xf32>, %w: tensor<36x24xbf16>, %b: tensor<36xbf16>, %e: tensor<4x36xf32>)
    -> (tensor<4x36xf32>, tensor<4x36xf32>) {
  %0 = cria.linear %x, %w bias %b into %e
    : tensor<4x24xf32>, tensor<36x24xbf16> bias tensor<36xbf16> into tensor<4x36xf32>
  %1 = cria.linear %x, %w bias %b into %e
    : tensor<4x24xf32>, tensor<36x24xbf16> bias tensor<36xbf16> into tensor<4x36xf32>
  return %0, %1 : tensor<4x36xf32>, tensor<4x36xf32>
}

// Writes to memory are neither dead nor subject to CSE.
// CHECK-LABEL: @buffers
// CHECK-COUNT-2: cria.linear
func.func @buffers(%x: memref<4x24xf32>, %w: memref<36x24xbf16>, %b: memref<36xbf16>, %e: memref<4x36xf32>) {
  cria.linear %x, %w bias %b into %e
    : memref<4x24xf32>, memref<36x24xbf16> bias memref<36xbf16> into memref<4x36xf32>
  cria.linear %x, %w bias %b into %e
    : memref<4x24xf32>, memref<36x24xbf16> bias memref<36xbf16> into memref<4x36xf32>
  return
}

// CHECK-LABEL: @zero_bias
// CHECK-SAME: (%[[X:.*]]: tensor<4x24xf32>, %[[W:.*]]: tensor<36x24xbf16>, %[[E:.*]]: tensor<4x36xf32>)
// CHECK-NEXT: cria.linear %[[X]], %[[W]] into %[[E]] : tensor<4x24xf32>, tensor<36x24xbf16> into tensor<4x36xf32>
func.func @zero_bias(%x: tensor<4x24xf32>, %w: tensor<36x24xbf16>,
                     %e: tensor<4x36xf32>) -> tensor<4x36xf32> {
  %b = arith.constant dense<0.0> : tensor<36xbf16>
  %y = cria.linear %x, %w bias %b into %e
     : tensor<4x24xf32>, tensor<36x24xbf16> bias tensor<36xbf16> into tensor<4x36xf32>
  return %y : tensor<4x36xf32>
}

// CHECK-LABEL: @bias
// CHECK: cria.linear %{{.*}}, %{{.*}} bias %{{.*}} into
func.func @bias(%x: tensor<1x2xf32>, %w: tensor<2x2xf32>, %e: tensor<1x2xf32>) -> tensor<1x2xf32> {
  %b = arith.constant dense<[0.0, 1.0]> : tensor<2xf32>
  %y = cria.linear %x, %w bias %b into %e
     : tensor<1x2xf32>, tensor<2x2xf32> bias tensor<2xf32> into tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// A cast to a dynamic size is absorbed, as for upstream's destination-style ops.
// CHECK-LABEL: @cast
// CHECK-SAME: (%[[X:.*]]: tensor<4x24xf32>, %[[W:.*]]: tensor<36x24xf32>, %[[E:.*]]: tensor<4x36xf32>)
// CHECK-NEXT: %[[Y:.*]] = cria.linear %[[X]], %[[W]] into %[[E]] : tensor<4x24xf32>, tensor<36x24xf32> into tensor<4x36xf32>
// CHECK-NEXT: tensor.cast %[[Y]] : tensor<4x36xf32> to tensor<?x36xf32>
func.func @cast(%x: tensor<4x24xf32>, %w: tensor<36x24xf32>,
                %e: tensor<4x36xf32>) -> tensor<?x36xf32> {
  %dynamic = tensor.cast %x : tensor<4x24xf32> to tensor<?x24xf32>
  %into = tensor.cast %e : tensor<4x36xf32> to tensor<?x36xf32>
  %y = cria.linear %dynamic, %w into %into
     : tensor<?x24xf32>, tensor<36x24xf32> into tensor<?x36xf32>
  return %y : tensor<?x36xf32>
}

// CHECK-LABEL: @factors_of_one
// CHECK-SAME: (%[[X:.*]]: tensor<4x24xf32>, %[[W:.*]]: tensor<36x24xbf16>, %[[E:.*]]: tensor<4x36xf32>)
// CHECK-NEXT: cria.linear %[[X]], %[[W]] into %[[E]] : tensor<4x24xf32>, tensor<36x24xbf16> into tensor<4x36xf32>
func.func @factors_of_one(%x: tensor<4x24xf32>, %w: tensor<36x24xbf16>,
                          %e: tensor<4x36xf32>) -> tensor<4x36xf32> {
  %g = arith.constant dense<1.0> : tensor<24xf32>
  %s = arith.constant dense<1.0> : tensor<4xf32>
  %y = cria.linear %x, %w gain %g scale %s into %e {alpha = 1.0 : f64}
     : tensor<4x24xf32>, tensor<36x24xbf16> gain tensor<24xf32> scale tensor<4xf32> into tensor<4x36xf32>
  return %y : tensor<4x36xf32>
}
