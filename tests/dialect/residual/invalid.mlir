// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @shape(%branch: tensor<4x24xf32>, %x: tensor<4x25xf32>) {
  // expected-error @+1 {{residual_c1: dim(branch, 1) is 24 but dim(stream, 1) is 25}}
  %0 = cria.residual %branch into %x : tensor<4x24xf32> into tensor<4x25xf32>
  return
}

// -----

func.func @result(%branch: tensor<4x24xf32>, %x: tensor<4x24xf32>) {
  // expected-error @+1 {{expected type of operand #1 ('tensor<4x24xf32>') to match type of corresponding result ('tensor<4x25xf32>')}}
  %0 = "cria.residual"(%branch, %x) : (tensor<4x24xf32>, tensor<4x24xf32>) -> tensor<4x25xf32>
  return
}
