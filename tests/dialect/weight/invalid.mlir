// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @missing(%t: !cria.weights) {
  // expected-error @+1 {{weight_c1: @a is not a cria.param}}
  %0 = cria.weight %t, @a : tensor<3xf32>
  return
}

// -----

func.func @a(%t: !cria.weights) {
  // expected-error @+1 {{weight_c1: @a is not a cria.param}}
  %0 = cria.weight %t, @a : tensor<3xf32>
  return
}

// -----

cria.param @a "a" : tensor<3xf32>
func.func @shape(%t: !cria.weights) {
  // expected-error @+1 {{weight_c1: result is 'tensor<4xf32>' but @a is declared as 'tensor<3xf32>'}}
  %0 = cria.weight %t, @a : tensor<4xf32>
  return
}

// -----

cria.param @a "a" : tensor<3xf32>
func.func @storage(%t: !cria.weights) {
  // expected-error @+1 {{weight_c1: result is 'memref<3xbf16>' but @a is declared as 'tensor<3xf32>'}}
  %0 = cria.weight %t, @a : memref<3xbf16>
  return
}

// -----

cria.param @a "layers.{}.a" x 2 repeated : tensor<3xf32>
func.func @no_layer(%t: !cria.weights) {
  // expected-error @+1 {{weight_c2: @a is repeated and needs a layer}}
  %0 = cria.weight %t, @a : tensor<3xf32>
  return
}

// -----

cria.param @a "a" : tensor<3xf32>
func.func @layer(%t: !cria.weights, %layer: index) {
  // expected-error @+1 {{weight_c2: @a is not repeated and takes no layer}}
  %0 = cria.weight %t, @a[%layer] : tensor<3xf32>
  return
}
