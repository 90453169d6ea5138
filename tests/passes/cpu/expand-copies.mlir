// RUN: cria-opt %s --cria-expand-copies | FileCheck %s

// CHECK-LABEL: @strided
// CHECK-SAME: %[[FROM:.*]]: memref<4x8xf32>, %[[TO:.*]]: memref<4x8xf32, strided<[16, 1]>>
// CHECK-NEXT: linalg.copy ins(%[[FROM]] : memref<4x8xf32>) outs(%[[TO]] : memref<4x8xf32, strided<[16, 1]>>)
// CHECK-NEXT: return
func.func @strided(%from: memref<4x8xf32>, %to: memref<4x8xf32, strided<[16, 1]>>) {
  memref.copy %from, %to : memref<4x8xf32> to memref<4x8xf32, strided<[16, 1]>>
  return
}
