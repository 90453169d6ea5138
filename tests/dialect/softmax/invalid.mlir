// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @tokens(%x: tensor<4x8x512xf32>, %p: index, %e: tensor<3x8x512xf32>) {
  // expected-error @+1 {{softmax_c1: dim(out, 0) is 3 but dim(x, 0) is 4}}
  %0 = cria.softmax %x at %p into %e : tensor<4x8x512xf32> into tensor<3x8x512xf32>
  return
}

// -----

func.func @rows(%x: tensor<4x8x512xf32>, %p: index, %e: tensor<4x8x511xf32>) {
  // expected-error @+1 {{softmax_c1: dim(out, 2) is 511 but dim(x, 2) is 512}}
  %0 = cria.softmax %x at %p into %e : tensor<4x8x512xf32> into tensor<4x8x511xf32>
  return
}
