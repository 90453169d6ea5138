// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @tokens(%tokens: tensor<3xi32>, %table: tensor<80x24xf32>, %e: tensor<4x24xf32>) {
  // expected-error @+1 {{embed_c1: dim(out, 0) is 4 but dim(tokens, 0) is 3}}
  %0 = cria.embed %tokens, %table into %e : tensor<3xi32>, tensor<80x24xf32> into tensor<4x24xf32>
  return
}

// -----

func.func @width(%tokens: tensor<4xi32>, %table: tensor<80x24xf32>, %e: tensor<4x25xf32>) {
  // expected-error @+1 {{embed_c2: dim(out, 1) is 25 but dim(table, 1) is 24}}
  %0 = cria.embed %tokens, %table into %e : tensor<4xi32>, tensor<80x24xf32> into tensor<4x25xf32>
  return
}

// -----

func.func @token_type(%tokens: tensor<4xi64>, %table: tensor<80x24xf32>, %e: tensor<4x24xf32>) {
  // expected-error @+1 {{operand #0 must be 1-D i32 token ids, but got 'tensor<4xi64>'}}
  %0 = cria.embed %tokens, %table into %e : tensor<4xi64>, tensor<80x24xf32> into tensor<4x24xf32>
  return
}

// -----

func.func @packed(%tokens: tensor<4xi32>, %table: tensor<80x32x!cria.block<q4_0, packed>>, %e: tensor<4x32xf32>) {
  // expected-error @+1 {{embed_c3: table must not be packed, found '!cria.block<q4_0, packed>'}}
  %0 = cria.embed %tokens, %table into %e : tensor<4xi32>, tensor<80x32x!cria.block<q4_0, packed>> into tensor<4x32xf32>
  return
}
