// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @tokens(%x: tensor<4x64xf32>, %e: tensor<5x64x!cria.block<q8>>) {
  // expected-error @+1 {{quantize_c1: dim(out, 0) is 5 but dim(x, 0) is 4}}
  %0 = cria.quantize %x into %e : tensor<4x64xf32> into tensor<5x64x!cria.block<q8>>
  return
}

// -----

func.func @storage(%x: tensor<4x64xf32>, %e: tensor<4x64x!cria.block<q4_0>>) {
  // expected-error @+1 {{quantize_c2: out must be of q8 or q8_0, found '!cria.block<q4_0>'}}
  %0 = cria.quantize %x into %e : tensor<4x64xf32> into tensor<4x64x!cria.block<q4_0>>
  return
}

// -----

func.func @parts(%x: tensor<4x48xf32>, %e: tensor<4x48x!cria.block<q8>>) {
  // expected-error @+1 {{quantize_c3: dim(x, 1) must be a multiple of 32, found 48}}
  %0 = cria.quantize %x into %e : tensor<4x48xf32> into tensor<4x48x!cria.block<q8>>
  return
}
