// RUN: cria-opt %s --canonicalize --cse | FileCheck %s

// CHECK-LABEL: @dead
// CHECK-NEXT: return
func.func @dead(%q: tensor<4x4x8xf32>, %k: tensor<2x32x8xbf16>, %v: tensor<2x32x8xbf16>, %p: index, %e: tensor<4x4x8xf32>) {
  %0 = cria.attend %q, %k, %v at %p into %e {scale = 0.5 : f64}
    : tensor<4x4x8xf32>, tensor<2x32x8xbf16>, tensor<2x32x8xbf16> into tensor<4x4x8xf32>
  return
}

// CHECK-LABEL: @equal
// CHECK-NEXT: %[[X:.*]] = cria.attend
// CHECK-NEXT: return %[[X]], %[[X]]
func.func @equal(%q: tensor<4x4x8xf32>, %k: tensor<2x32x8xbf16>, %v: tensor<2x32x8xbf16>, %p: index, %e: tensor<4x4x8xf32>)
    -> (tensor<4x4x8xf32>, tensor<4x4x8xf32>) {
  %0 = cria.attend %q, %k, %v at %p into %e {scale = 0.5 : f64}
    : tensor<4x4x8xf32>, tensor<2x32x8xbf16>, tensor<2x32x8xbf16> into tensor<4x4x8xf32>
  %1 = cria.attend %q, %k, %v at %p into %e {scale = 0.5 : f64}
    : tensor<4x4x8xf32>, tensor<2x32x8xbf16>, tensor<2x32x8xbf16> into tensor<4x4x8xf32>
  return %0, %1 : tensor<4x4x8xf32>, tensor<4x4x8xf32>
}

// Writes to memory are neither dead nor subject to CSE.
// CHECK-LABEL: @buffers
// CHECK-COUNT-2: cria.attend
func.func @buffers(%q: memref<4x4x8xf32>, %k: memref<2x32x8xbf16>, %v: memref<2x32x8xbf16>, %p: index, %e: memref<4x4x8xf32>) {
  cria.attend %q, %k, %v at %p into %e {scale = 0.5 : f64}
    : memref<4x4x8xf32>, memref<2x32x8xbf16>, memref<2x32x8xbf16> into memref<4x4x8xf32>
  cria.attend %q, %k, %v at %p into %e {scale = 0.5 : f64}
    : memref<4x4x8xf32>, memref<2x32x8xbf16>, memref<2x32x8xbf16> into memref<4x4x8xf32>
  return
}
