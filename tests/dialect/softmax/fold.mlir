// RUN: cria-opt %s --canonicalize --cse | FileCheck %s

// CHECK-LABEL: @dead
// CHECK-NEXT: return
func.func @dead(%x: tensor<4x4x32xf32>, %p: index, %e: tensor<4x4x32xf32>) {
  %0 = cria.softmax %x at %p into %e : tensor<4x4x32xf32> into tensor<4x4x32xf32>
  return
}

// CHECK-LABEL: @equal
// CHECK-NEXT: %[[X:.*]] = cria.softmax
// CHECK-NEXT: return %[[X]], %[[X]]
func.func @equal(%x: tensor<4x4x32xf32>, %p: index, %e: tensor<4x4x32xf32>)
    -> (tensor<4x4x32xf32>, tensor<4x4x32xf32>) {
  %0 = cria.softmax %x at %p into %e : tensor<4x4x32xf32> into tensor<4x4x32xf32>
  %1 = cria.softmax %x at %p into %e : tensor<4x4x32xf32> into tensor<4x4x32xf32>
  return %0, %1 : tensor<4x4x32xf32>, tensor<4x4x32xf32>
}

// Writes to memory are neither dead nor subject to CSE.
// CHECK-LABEL: @buffers
// CHECK-COUNT-2: cria.softmax
func.func @buffers(%x: memref<4x4x32xf32>, %p: index, %e: memref<4x4x32xf32>) {
  cria.softmax %x at %p into %e : memref<4x4x32xf32> into memref<4x4x32xf32>
  cria.softmax %x at %p into %e : memref<4x4x32xf32> into memref<4x4x32xf32>
  return
}
