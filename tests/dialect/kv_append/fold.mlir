// RUN: cria-opt %s --canonicalize --cse | FileCheck %s

// CHECK-LABEL: @dead
// CHECK-NEXT: return
func.func @dead(%r: tensor<4x2x8xf32>, %p: index, %c: tensor<2x32x8xbf16>) {
  %0 = cria.kv_append %r at %p into %c
    : tensor<4x2x8xf32> into tensor<2x32x8xbf16>
  return
}

// CHECK-LABEL: @equal
// CHECK-NEXT: %[[X:.*]] = cria.kv_append
// CHECK-NEXT: return %[[X]], %[[X]]
func.func @equal(%r: tensor<4x2x8xf32>, %p: index, %c: tensor<2x32x8xbf16>)
    -> (tensor<2x32x8xbf16>, tensor<2x32x8xbf16>) {
  %0 = cria.kv_append %r at %p into %c
    : tensor<4x2x8xf32> into tensor<2x32x8xbf16>
  %1 = cria.kv_append %r at %p into %c
    : tensor<4x2x8xf32> into tensor<2x32x8xbf16>
  return %0, %1 : tensor<2x32x8xbf16>, tensor<2x32x8xbf16>
}

// Writes to memory are neither dead nor subject to CSE.
// CHECK-LABEL: @buffers
// CHECK-COUNT-2: cria.kv_append
func.func @buffers(%r: memref<4x2x8xf32>, %p: index, %c: memref<2x32x8xbf16>) {
  cria.kv_append %r at %p into %c
    : memref<4x2x8xf32> into memref<2x32x8xbf16>
  cria.kv_append %r at %p into %c
    : memref<4x2x8xf32> into memref<2x32x8xbf16>
  return
}

// CHECK-LABEL: @different_position
// CHECK-COUNT-2: cria.kv_append
func.func @different_position(%r: tensor<4x2x8xf32>, %p: index, %q: index, %c: tensor<2x32x8xbf16>)
    -> (tensor<2x32x8xbf16>, tensor<2x32x8xbf16>) {
  %0 = cria.kv_append %r at %p into %c : tensor<4x2x8xf32> into tensor<2x32x8xbf16>
  %1 = cria.kv_append %r at %q into %c : tensor<4x2x8xf32> into tensor<2x32x8xbf16>
  return %0, %1 : tensor<2x32x8xbf16>, tensor<2x32x8xbf16>
}
