// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @heads(%rows: tensor<4x2x64xf32>, %p: index, %cache: tensor<3x512x64xf32>) {
  // expected-error @+1 {{kv_append_c1: dim(cache, 0) is 3 but dim(rows, 1) is 2}}
  %0 = cria.kv_append %rows at %p into %cache : tensor<4x2x64xf32> into tensor<3x512x64xf32>
  return
}

// -----

func.func @head_dim(%rows: tensor<4x2x64xf32>, %p: index, %cache: tensor<2x512x32xf32>) {
  // expected-error @+1 {{kv_append_c1: dim(cache, 2) is 32 but dim(rows, 2) is 64}}
  %0 = cria.kv_append %rows at %p into %cache : tensor<4x2x64xf32> into tensor<2x512x32xf32>
  return
}

// -----

func.func @rows(%rows: tensor<4x2x64xf32>, %p: index, %cache: tensor<2x3x64xf32>) {
  // expected-error @+1 {{kv_append_c2: 4 rows do not fit a cache of 3}}
  %0 = cria.kv_append %rows at %p into %cache : tensor<4x2x64xf32> into tensor<2x3x64xf32>
  return
}

// -----

func.func @parts(%rows: tensor<4x2x48xf32>, %p: index, %cache: tensor<2x5x48x!cria.block<q8_0>>) {
  // expected-error @+1 {{operand #2 must be 3-D f32, f16 or bf16 cache, or one of q8_0 in whole blocks}}
  %0 = cria.kv_append %rows at %p into %cache : tensor<4x2x48xf32> into tensor<2x5x48x!cria.block<q8_0>>
  return
}

// -----

func.func @storage(%rows: tensor<4x2x64xf32>, %p: index, %cache: tensor<2x5x64x!cria.block<q4_0>>) {
  // expected-error @+1 {{operand #2 must be 3-D f32, f16 or bf16 cache, or one of q8_0 in whole blocks}}
  %0 = cria.kv_append %rows at %p into %cache : tensor<4x2x64xf32> into tensor<2x5x64x!cria.block<q4_0>>
  return
}
