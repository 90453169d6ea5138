// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @shape(%x: tensor<4x8x64xf32>, %c: tensor<4x32xf32>, %s: tensor<4x32xf32>,
                 %e: tensor<4x7x64xf32>) {
  // expected-error @+1 {{rope_c1: dim(out, 1) is 7 but dim(x, 1) is 8}}
  %0 = cria.rope %x, %c, %s into %e
     : tensor<4x8x64xf32>, tensor<4x32xf32>, tensor<4x32xf32> into tensor<4x7x64xf32>
  return
}

// -----

func.func @odd(%x: tensor<4x8x7xf32>, %c: tensor<4x3xf32>, %s: tensor<4x3xf32>,
               %e: tensor<4x8x7xf32>) {
  // expected-error @+1 {{rope_c2: head dim must be even, found 7}}
  %0 = cria.rope %x, %c, %s into %e
     : tensor<4x8x7xf32>, tensor<4x3xf32>, tensor<4x3xf32> into tensor<4x8x7xf32>
  return
}

// -----

func.func @pairs(%x: tensor<4x8x64xf32>, %c: tensor<4x32xf32>, %s: tensor<4x64xf32>,
                 %e: tensor<4x8x64xf32>) {
  // expected-error @+1 {{rope_c3: dim(sin, 1) is 64 but half the head dim is 32}}
  %0 = cria.rope %x, %c, %s into %e
     : tensor<4x8x64xf32>, tensor<4x32xf32>, tensor<4x64xf32> into tensor<4x8x64xf32>
  return
}

// -----

func.func @tokens(%x: tensor<4x8x64xf32>, %c: tensor<1x32xf32>, %s: tensor<4x32xf32>,
                  %e: tensor<4x8x64xf32>) {
  // expected-error @+1 {{rope_c3: dim(cos, 0) is 1 but dim(x, 0) is 4}}
  %0 = cria.rope %x, %c, %s into %e
     : tensor<4x8x64xf32>, tensor<1x32xf32>, tensor<4x32xf32> into tensor<4x8x64xf32>
  return
}
