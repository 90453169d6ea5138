// RUN: cria-opt %s --canonicalize --cse | FileCheck %s

cria.param @a "layers.{}.a" x 2 repeated : tensor<3xf32>
cria.param @b "b" : tensor<3xf32>

// CHECK-LABEL: @dead
// CHECK-NEXT: return
func.func @dead(%t: !cria.weights) {
  %0 = cria.weight %t, @b : tensor<3xf32>
  return
}

// CHECK-LABEL: @equal
// CHECK-NEXT: %[[W:.*]] = cria.weight
// CHECK-NEXT: return %[[W]], %[[W]]
func.func @equal(%t: !cria.weights) -> (memref<3xf32>, memref<3xf32>) {
  %0 = cria.weight %t, @b : memref<3xf32>
  %1 = cria.weight %t, @b : memref<3xf32>
  return %0, %1 : memref<3xf32>, memref<3xf32>
}

// CHECK-LABEL: @layers
// CHECK-COUNT-2: cria.weight
func.func @layers(%t: !cria.weights, %i: index, %j: index) -> (tensor<3xf32>, tensor<3xf32>) {
  %0 = cria.weight %t, @a[%i] : tensor<3xf32>
  %1 = cria.weight %t, @a[%j] : tensor<3xf32>
  return %0, %1 : tensor<3xf32>, tensor<3xf32>
}
