// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @shape(%p: index, %c: tensor<4x32xf32>, %s: tensor<4x31xf32>) {
  // expected-error @+1 {{rotary_table_c1: dim(sin, 1) is 31 but dim(cos, 1) is 32}}
  %0:2 = cria.rotary_table %p into %c, %s {theta = 1.0e4 : f64, scaling = #cria.rope_scaling<none>}
       : tensor<4x32xf32>, tensor<4x31xf32>
  return
}

// -----

func.func @theta(%p: index, %c: tensor<4x32xf32>, %s: tensor<4x32xf32>) {
  // expected-error @+1 {{rotary_table_c2: theta must be finite and positive, found 0.0}}
  %0:2 = cria.rotary_table %p into %c, %s {theta = 0.0 : f64, scaling = #cria.rope_scaling<none>}
       : tensor<4x32xf32>, tensor<4x32xf32>
  return
}

// -----

func.func @yarn(%p: index, %c: tensor<4x32xf32>, %s: tensor<4x32xf32>) {
  // expected-error @+1 {{rotary_table_c3: theta must be greater than 1 for yarn, found 1.000000e+00}}
  %0:2 = cria.rotary_table %p into %c, %s
           {theta = 1.0 : f64,
            scaling = #cria.rope_scaling<yarn, factor = 8.0 : f64, original_context = 64,
                                         attention_factor = 1.2 : f64, beta_fast = 32.0 : f64,
                                         beta_slow = 1.0 : f64>}
       : tensor<4x32xf32>, tensor<4x32xf32>
  return
}

// -----

func.func @nan(%p: index, %c: tensor<4x32xf32>, %s: tensor<4x32xf32>) {
  // expected-error @+1 {{rotary_table_c2: theta must be finite and positive, found nan}}
  %0:2 = cria.rotary_table %p into %c, %s
           {theta = 0x7FF8000000000000 : f64, scaling = #cria.rope_scaling<none>}
       : tensor<4x32xf32>, tensor<4x32xf32>
  return
}
