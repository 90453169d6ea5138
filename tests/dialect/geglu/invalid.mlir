// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @up(%gate: tensor<4x36xf32>, %up: tensor<4x35xf32>, %e: tensor<4x36xf32>) {
  // expected-error @+1 {{geglu_c1: dim(up, 1) is 35 but dim(gate, 1) is 36}}
  %0 = cria.geglu %gate, %up into %e : tensor<4x36xf32>, tensor<4x35xf32> into tensor<4x36xf32>
  return
}

// -----

func.func @out(%gate: tensor<4x36xf32>, %up: tensor<4x36xf32>, %e: tensor<3x36xf32>) {
  // expected-error @+1 {{geglu_c1: dim(out, 0) is 3 but dim(gate, 0) is 4}}
  %0 = cria.geglu %gate, %up into %e : tensor<4x36xf32>, tensor<4x36xf32> into tensor<3x36xf32>
  return
}
