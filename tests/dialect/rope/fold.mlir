// RUN: cria-opt %s --canonicalize --cse | FileCheck %s

// CHECK-LABEL: @dead
// CHECK-NEXT: return
func.func @dead(%x: tensor<4x2x8xf32>, %c: tensor<4x4xf32>, %s: tensor<4x4xf32>, %e: tensor<4x2x8xf32>) {
  %0 = cria.rope %x, %c, %s into %e
    : tensor<4x2x8xf32>, tensor<4x4xf32>, tensor<4x4xf32> into tensor<4x2x8xf32>
  return
}

// CHECK-LABEL: @equal
// CHECK-NEXT: %[[X:.*]] = cria.rope
// CHECK-NEXT: return %[[X]], %[[X]]
func.func @equal(%x: tensor<4x2x8xf32>, %c: tensor<4x4xf32>, %s: tensor<4x4xf32>, %e: tensor<4x2x8xf32>)
    -> (tensor<4x2x8xf32>, tensor<4x2x8xf32>) {
  %0 = cria.rope %x, %c, %s into %e
    : tensor<4x2x8xf32>, tensor<4x4xf32>, tensor<4x4xf32> into tensor<4x2x8xf32>
  %1 = cria.rope %x, %c, %s into %e
    : tensor<4x2x8xf32>, tensor<4x4xf32>, tensor<4x4xf32> into tensor<4x2x8xf32>
  return %0, %1 : tensor<4x2x8xf32>, tensor<4x2x8xf32>
}

// Writes to memory are neither dead nor subject to CSE.
// CHECK-LABEL: @buffers
// CHECK-COUNT-2: cria.rope
func.func @buffers(%x: memref<4x2x8xf32>, %c: memref<4x4xf32>, %s: memref<4x4xf32>, %e: memref<4x2x8xf32>) {
  cria.rope %x, %c, %s into %e
    : memref<4x2x8xf32>, memref<4x4xf32>, memref<4x4xf32> into memref<4x2x8xf32>
  cria.rope %x, %c, %s into %e
    : memref<4x2x8xf32>, memref<4x4xf32>, memref<4x4xf32> into memref<4x2x8xf32>
  return
}

// CHECK-LABEL: @different_pairing
// CHECK-COUNT-2: cria.rope
func.func @different_pairing(%x: tensor<4x2x8xf32>, %c: tensor<4x4xf32>, %e: tensor<4x2x8xf32>)
    -> (tensor<4x2x8xf32>, tensor<4x2x8xf32>) {
  %0 = cria.rope %x, %c, %c into %e
     : tensor<4x2x8xf32>, tensor<4x4xf32>, tensor<4x4xf32> into tensor<4x2x8xf32>
  %1 = cria.rope %x, %c, %c into %e {pairing = 1 : i32}
     : tensor<4x2x8xf32>, tensor<4x4xf32>, tensor<4x4xf32> into tensor<4x2x8xf32>
  return %0, %1 : tensor<4x2x8xf32>, tensor<4x2x8xf32>
}
