// RUN: cria-opt %s --canonicalize --cse | FileCheck %s

// CHECK-LABEL: @dead
// CHECK-NEXT: return
func.func @dead(%b: tensor<4x24xf32>, %x: tensor<4x24xf32>) {
  %0 = cria.residual %b into %x
    : tensor<4x24xf32> into tensor<4x24xf32>
  return
}

// CHECK-LABEL: @equal
// CHECK-NEXT: %[[X:.*]] = cria.residual
// CHECK-NEXT: return %[[X]], %[[X]]
func.func @equal(%b: tensor<4x24xf32>, %x: tensor<4x24xf32>)
    -> (tensor<4x24xf32>, tensor<4x24xf32>) {
  %0 = cria.residual %b into %x
    : tensor<4x24xf32> into tensor<4x24xf32>
  %1 = cria.residual %b into %x
    : tensor<4x24xf32> into tensor<4x24xf32>
  return %0, %1 : tensor<4x24xf32>, tensor<4x24xf32>
}

// Writes to memory are neither dead nor subject to CSE.
// CHECK-LABEL: @buffers
// CHECK-COUNT-2: cria.residual
func.func @buffers(%b: memref<4x24xf32>, %x: memref<4x24xf32>) {
  cria.residual %b into %x
    : memref<4x24xf32> into memref<4x24xf32>
  cria.residual %b into %x
    : memref<4x24xf32> into memref<4x24xf32>
  return
}

// CHECK-LABEL: @zero
// CHECK-SAME: (%[[X:.*]]: tensor<4x24xf32>)
// CHECK-NEXT: return %[[X]]
func.func @zero(%x: tensor<4x24xf32>) -> tensor<4x24xf32> {
  %zero = arith.constant dense<0.0> : tensor<4x24xf32>
  %y = cria.residual %zero into %x : tensor<4x24xf32> into tensor<4x24xf32>
  return %y : tensor<4x24xf32>
}

// A stream of zeros is still what the sum is written to.
// CHECK-LABEL: @zero_stream
// CHECK: cria.residual
func.func @zero_stream(%b: tensor<4x24xf32>) -> tensor<4x24xf32> {
  %zero = arith.constant dense<0.0> : tensor<4x24xf32>
  %y = cria.residual %b into %zero : tensor<4x24xf32> into tensor<4x24xf32>
  return %y : tensor<4x24xf32>
}
