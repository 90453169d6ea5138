// RUN: cria-opt %s --canonicalize --cse | FileCheck %s

// CHECK-LABEL: @dead
// CHECK-NEXT: return
func.func @dead(%p: index, %c: tensor<4x8xf32>, %s: tensor<4x8xf32>) {
  %0:2 = cria.rotary_table %p into %c, %s {theta = 1.0e4 : f64, scaling = #cria.rope_scaling<none>}
    : tensor<4x8xf32>, tensor<4x8xf32>
  return
}

// CHECK-LABEL: @equal
// CHECK-NEXT: %[[X:.*]]:2 = cria.rotary_table
// CHECK-NEXT: return %[[X]]#0, %[[X]]#1, %[[X]]#0, %[[X]]#1
func.func @equal(%p: index, %c: tensor<4x8xf32>, %s: tensor<4x8xf32>)
    -> (tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>) {
  %0:2 = cria.rotary_table %p into %c, %s {theta = 1.0e4 : f64, scaling = #cria.rope_scaling<none>}
    : tensor<4x8xf32>, tensor<4x8xf32>
  %1:2 = cria.rotary_table %p into %c, %s {theta = 1.0e4 : f64, scaling = #cria.rope_scaling<none>}
    : tensor<4x8xf32>, tensor<4x8xf32>
  return %0#0, %0#1, %1#0, %1#1 : tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>
}

// Writes to memory are neither dead nor subject to CSE.
// CHECK-LABEL: @buffers
// CHECK-COUNT-2: cria.rotary_table
func.func @buffers(%p: index, %c: memref<4x8xf32>, %s: memref<4x8xf32>) {
  cria.rotary_table %p into %c, %s {theta = 1.0e4 : f64, scaling = #cria.rope_scaling<none>}
    : memref<4x8xf32>, memref<4x8xf32>
  cria.rotary_table %p into %c, %s {theta = 1.0e4 : f64, scaling = #cria.rope_scaling<none>}
    : memref<4x8xf32>, memref<4x8xf32>
  return
}
