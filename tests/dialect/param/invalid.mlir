// RUN: cria-opt %s --split-input-file --verify-diagnostics

// expected-error @+1 {{param_c1: type must be a static tensor of rank 1 or 2 of f32, f16, bf16 or blocks, found 'tensor<2x3x4xf32>'}}
cria.param @a "a" : tensor<2x3x4xf32>

// -----

// expected-error @+1 {{param_c1: type must be a static tensor of rank 1 or 2 of f32, f16, bf16 or blocks, found 'tensor<?x3xf32>'}}
cria.param @a "a" : tensor<?x3xf32>

// -----

// expected-error @+1 {{param_c1: type must be a static tensor of rank 1 or 2 of f32, f16, bf16 or blocks, found 'tensor<3xf64>'}}
cria.param @a "a" : tensor<3xf64>

// -----

// expected-error @+1 {{param_c1: type must be a static tensor of rank 1 or 2 of f32, f16, bf16 or blocks, found 'memref<3xf32>'}}
cria.param @a "a" : memref<3xf32>

// -----

// expected-error @+1 {{param_c2: count must be positive, found 0}}
cria.param @a "layers.{}.a" x 0 repeated : tensor<3xf32>

// -----

// expected-error @+1 {{param_c2: count is 2 but the parameter is not repeated}}
cria.param @a "a" x 2 : tensor<3xf32>

// -----

// expected-error @+1 {{param_c2: name "a" lacks {} but the parameter is repeated}}
cria.param @a "a" x 2 repeated : tensor<3xf32>

// -----

// expected-error @+1 {{param_c2: name "layers.{}.a" holds {} but the parameter is not repeated}}
cria.param @a "layers.{}.a" : tensor<3xf32>

// -----

// expected-error @+1 {{param_c3: checkpoint name "a" is also that of "b"}}
cria.param @a "a" : tensor<3xf32>
cria.param @b "a" : tensor<4xf32>

// -----

// Names are compared even if the other parameter is invalid.
// expected-error @+1 {{requires attribute 'checkpoint_name'}}
"cria.param"() {sym_name = "b", type = tensor<4xf32>} : () -> ()
cria.param @a "a" : tensor<3xf32>

// -----

func.func @inside() {
  // expected-error @+1 {{expects parent op 'builtin.module'}}
  cria.param @a "a" : tensor<3xf32>
  return
}

// -----

// expected-error @+1 {{param_c1: rows of 'tensor<4x48x!cria.block<q8_0>>' are not whole blocks of 32 elements}}
cria.param @w "w" : tensor<4x48x!cria.block<q8_0>>

// -----

// expected-error @+1 {{param_c1: rows of 'tensor<64x!cria.block<q4_0>>' are not whole blocks of 32 elements}}
cria.param @w "w" : tensor<64x!cria.block<q4_0>>

// -----

// expected-error @+1 {{unknown storage "q9"; known blocks: q8_0, q4_0}}
cria.param @w "w" : tensor<4x64x!cria.block<q9>>

// -----

// expected-error @+1 {{param_c4: layers [1, 0] are not ascending iterations of a repeated parameter}}
cria.param @a "layers.{}.a" x 2 repeated layers [1, 0] : tensor<3xf32>

// -----

// expected-error @+1 {{param_c4: layers [0, 2] are not ascending iterations of a repeated parameter}}
cria.param @a "layers.{}.a" x 2 repeated layers [0, 2] : tensor<3xf32>

// -----

// expected-error @+1 {{param_c4: layers [0] are not ascending iterations of a repeated parameter}}
cria.param @a "a" layers [0] : tensor<3xf32>

// -----

// expected-error @+1 {{param_c3: checkpoint name "layers.{}.a" is also that of "b"}}
cria.param @a "layers.{}.a" x 3 repeated layers [0, 1] : tensor<3xf32>
cria.param @b "layers.{}.a" x 3 repeated layers [1, 2] : tensor<3xf16>

// -----

// expected-error @+1 {{param_c1: rows of 'tensor<12x32x!cria.block<q4_0, packed>>' are not whole groups of 8}}
cria.param @a "a" : tensor<12x32x!cria.block<q4_0, packed>>
