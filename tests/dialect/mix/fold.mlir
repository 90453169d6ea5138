// RUN: cria-opt %s --canonicalize --cse | FileCheck %s

// CHECK-LABEL: @dead
// CHECK-NEXT: return
func.func @dead(%w: tensor<4x4x32xf32>, %v: tensor<2x32x8xbf16>, %p: index, %e: tensor<4x4x8xf32>) {
  %0 = cria.mix %w, %v at %p into %e
    : tensor<4x4x32xf32>, tensor<2x32x8xbf16> into tensor<4x4x8xf32>
  return
}

// CHECK-LABEL: @equal
// CHECK-NEXT: %[[X:.*]] = cria.mix
// CHECK-NEXT: return %[[X]], %[[X]]
func.func @equal(%w: tensor<4x4x32xf32>, %v: tensor<2x32x8xbf16>, %p: index, %e: tensor<4x4x8xf32>)
    -> (tensor<4x4x8xf32>, tensor<4x4x8xf32>) {
  %0 = cria.mix %w, %v at %p into %e
    : tensor<4x4x32xf32>, tensor<2x32x8xbf16> into tensor<4x4x8xf32>
  %1 = cria.mix %w, %v at %p into %e
    : tensor<4x4x32xf32>, tensor<2x32x8xbf16> into tensor<4x4x8xf32>
  return %0, %1 : tensor<4x4x8xf32>, tensor<4x4x8xf32>
}

// Writes to memory are neither dead nor subject to CSE.
// CHECK-LABEL: @buffers
// CHECK-COUNT-2: cria.mix
func.func @buffers(%w: memref<4x4x32xf32>, %v: memref<2x32x8xbf16>, %p: index, %e: memref<4x4x8xf32>) {
  cria.mix %w, %v at %p into %e
    : memref<4x4x32xf32>, memref<2x32x8xbf16> into memref<4x4x8xf32>
  cria.mix %w, %v at %p into %e
    : memref<4x4x32xf32>, memref<2x32x8xbf16> into memref<4x4x8xf32>
  return
}
