// RUN: cria-opt %s --canonicalize --cse | FileCheck %s

// CHECK-LABEL: @dead
// CHECK-NEXT: return
func.func @dead(%t: tensor<4xi32>, %w: tensor<80x24xbf16>, %e: tensor<4x24xf32>) {
  %0 = cria.embed %t, %w into %e
    : tensor<4xi32>, tensor<80x24xbf16> into tensor<4x24xf32>
  return
}

// CHECK-LABEL: @equal
// CHECK-NEXT: %[[X:.*]] = cria.embed
// CHECK-NEXT: return %[[X]], %[[X]]
func.func @equal(%t: tensor<4xi32>, %w: tensor<80x24xbf16>, %e: tensor<4x24xf32>)
    -> (tensor<4x24xf32>, tensor<4x24xf32>) {
  %0 = cria.embed %t, %w into %e
    : tensor<4xi32>, tensor<80x24xbf16> into tensor<4x24xf32>
  %1 = cria.embed %t, %w into %e
    : tensor<4xi32>, tensor<80x24xbf16> into tensor<4x24xf32>
  return %0, %1 : tensor<4x24xf32>, tensor<4x24xf32>
}

// Writes to memory are neither dead nor subject to CSE.
// CHECK-LABEL: @buffers
// CHECK-COUNT-2: cria.embed
func.func @buffers(%t: memref<4xi32>, %w: memref<80x24xbf16>, %e: memref<4x24xf32>) {
  cria.embed %t, %w into %e
    : memref<4xi32>, memref<80x24xbf16> into memref<4x24xf32>
  cria.embed %t, %w into %e
    : memref<4xi32>, memref<80x24xbf16> into memref<4x24xf32>
  return
}
