// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

cria.param @q_proj "model.layers.{}.self_attn.q_proj.weight" x 16 repeated
  : tensor<2048x2048xbf16>
cria.param @norm "model.norm.weight" : tensor<2048xf32>

// CHECK-LABEL: @tensors
// CHECK-SAME: (%[[TABLE:.*]]: !cria.weights, %[[LAYER:.*]]: index)
func.func @tensors(%weights: !cria.weights, %layer: index)
    -> (tensor<2048x2048xbf16>, tensor<2048xf32>) {
  // CHECK: cria.weight %[[TABLE]], @q_proj[%[[LAYER]]] : tensor<2048x2048xbf16>
  %w = cria.weight %weights, @q_proj[%layer] : tensor<2048x2048xbf16>
  // CHECK: cria.weight %[[TABLE]], @norm : tensor<2048xf32>
  %n = cria.weight %weights, @norm : tensor<2048xf32>
  return %w, %n : tensor<2048x2048xbf16>, tensor<2048xf32>
}

// CHECK-LABEL: @buffers
func.func @buffers(%weights: !cria.weights) -> memref<2048xf32> {
  // CHECK: cria.weight %{{.*}}, @norm : memref<2048xf32>
  %n = cria.weight %weights, @norm : memref<2048xf32>
  return %n : memref<2048xf32>
}
