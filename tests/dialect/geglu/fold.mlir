// RUN: cria-opt %s --canonicalize --cse | FileCheck %s

// CHECK-LABEL: @dead
// CHECK-NEXT: return
func.func @dead(%g: tensor<4x36xf32>, %u: tensor<4x36xf32>, %e: tensor<4x36xf32>) {
  %0 = cria.geglu %g, %u into %e
    : tensor<4x36xf32>, tensor<4x36xf32> into tensor<4x36xf32>
  return
}

// CHECK-LABEL: @equal
// CHECK-NEXT: %[[X:.*]] = cria.geglu
// CHECK-NEXT: return %[[X]], %[[X]]
func.func @equal(%g: tensor<4x36xf32>, %u: tensor<4x36xf32>, %e: tensor<4x36xf32>)
    -> (tensor<4x36xf32>, tensor<4x36xf32>) {
  %0 = cria.geglu %g, %u into %e
    : tensor<4x36xf32>, tensor<4x36xf32> into tensor<4x36xf32>
  %1 = cria.geglu %g, %u into %e
    : tensor<4x36xf32>, tensor<4x36xf32> into tensor<4x36xf32>
  return %0, %1 : tensor<4x36xf32>, tensor<4x36xf32>
}

// Writes to memory are neither dead nor subject to CSE.
// CHECK-LABEL: @buffers
// CHECK-COUNT-2: cria.geglu
func.func @buffers(%g: memref<4x36xf32>, %u: memref<4x36xf32>, %e: memref<4x36xf32>) {
  cria.geglu %g, %u into %e
    : memref<4x36xf32>, memref<4x36xf32> into memref<4x36xf32>
  cria.geglu %g, %u into %e
    : memref<4x36xf32>, memref<4x36xf32> into memref<4x36xf32>
  return
}

// Gate and up are not interchangeable.
// CHECK-LABEL: @exchanged
// CHECK-COUNT-2: cria.geglu
func.func @exchanged(%g: tensor<4x36xf32>, %u: tensor<4x36xf32>, %e: tensor<4x36xf32>)
    -> (tensor<4x36xf32>, tensor<4x36xf32>) {
  %0 = cria.geglu %g, %u into %e : tensor<4x36xf32>, tensor<4x36xf32> into tensor<4x36xf32>
  %1 = cria.geglu %u, %g into %e : tensor<4x36xf32>, tensor<4x36xf32> into tensor<4x36xf32>
  return %0, %1 : tensor<4x36xf32>, tensor<4x36xf32>
}
