// RUN: cria-opt %s --canonicalize --cse | FileCheck %s

// CHECK-LABEL: @dead
// CHECK-NEXT: return
func.func @dead(%q: tensor<4x4x8xf32>, %k: tensor<2x32x8xbf16>, %p: index, %e: tensor<4x4x32xf32>) {
  %0 = cria.scores %q, %k at %p into %e {scale = 0.5 : f64}
    : tensor<4x4x8xf32>, tensor<2x32x8xbf16> into tensor<4x4x32xf32>
  return
}

// CHECK-LABEL: @equal
// CHECK-NEXT: %[[X:.*]] = cria.scores
// CHECK-NEXT: return %[[X]], %[[X]]
func.func @equal(%q: tensor<4x4x8xf32>, %k: tensor<2x32x8xbf16>, %p: index, %e: tensor<4x4x32xf32>)
    -> (tensor<4x4x32xf32>, tensor<4x4x32xf32>) {
  %0 = cria.scores %q, %k at %p into %e {scale = 0.5 : f64}
    : tensor<4x4x8xf32>, tensor<2x32x8xbf16> into tensor<4x4x32xf32>
  %1 = cria.scores %q, %k at %p into %e {scale = 0.5 : f64}
    : tensor<4x4x8xf32>, tensor<2x32x8xbf16> into tensor<4x4x32xf32>
  return %0, %1 : tensor<4x4x32xf32>, tensor<4x4x32xf32>
}

// Writes to memory are neither dead nor subject to CSE.
// CHECK-LABEL: @buffers
// CHECK-COUNT-2: cria.scores
func.func @buffers(%q: memref<4x4x8xf32>, %k: memref<2x32x8xbf16>, %p: index, %e: memref<4x4x32xf32>) {
  cria.scores %q, %k at %p into %e {scale = 0.5 : f64}
    : memref<4x4x8xf32>, memref<2x32x8xbf16> into memref<4x4x32xf32>
  cria.scores %q, %k at %p into %e {scale = 0.5 : f64}
    : memref<4x4x8xf32>, memref<2x32x8xbf16> into memref<4x4x32xf32>
  return
}
