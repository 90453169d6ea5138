// RUN: cria-opt %s --split-input-file --cria-bind-weights --verify-diagnostics

cria.param @w "w" : tensor<2xf32>
func.func @tensor(%t: !cria.weights) -> tensor<2xf32> {
  // expected-error @+1 {{is a tensor; weights are bound after bufferization}}
  %w = cria.weight %t, @w : tensor<2xf32>
  return %w : tensor<2xf32>
}

// -----

// Slots are numbered within one module; parameters of another one have none.
module {
  module {
    cria.param @w "w" : tensor<2xf32>
    func.func @nested(%t: !cria.weights) -> memref<2xf32> {
      // expected-error @+1 {{does not read from the weight table argument of its function}}
      %w = cria.weight %t, @w : memref<2xf32>
      return %w : memref<2xf32>
    }
  }
}

// -----

cria.param @w "w" : tensor<2xf32>
func.func @chosen(%c: i1, %s: !cria.weights, %t: !cria.weights) -> memref<2xf32> {
  %u = arith.select %c, %s, %t : !cria.weights
  // expected-error @+1 {{does not read from the weight table argument of its function}}
  %w = cria.weight %u, @w : memref<2xf32>
  return %w : memref<2xf32>
}
