// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @inputs(%x: tensor<4x24xf32>, %w: tensor<36x25xf32>, %e: tensor<4x36xf32>) {
  // expected-error @+1 {{linear_c1: dim(weight, 1) is 25 but dim(x, 1) is 24}}
  %0 = cria.linear %x, %w into %e : tensor<4x24xf32>, tensor<36x25xf32> into tensor<4x36xf32>
  return
}

// -----

func.func @tokens(%x: tensor<4x24xf32>, %w: tensor<36x24xf32>, %e: tensor<5x36xf32>) {
  // expected-error @+1 {{linear_c2: dim(out, 0) is 5 but dim(x, 0) is 4}}
  %0 = cria.linear %x, %w into %e : tensor<4x24xf32>, tensor<36x24xf32> into tensor<5x36xf32>
  return
}

// -----

func.func @outputs(%x: tensor<4x24xf32>, %w: tensor<36x24xf32>, %e: tensor<4x35xf32>) {
  // expected-error @+1 {{linear_c2: dim(out, 1) is 35 but dim(weight, 0) is 36}}
  %0 = cria.linear %x, %w into %e : tensor<4x24xf32>, tensor<36x24xf32> into tensor<4x35xf32>
  return
}

// -----

func.func @bias(%x: tensor<4x24xf32>, %w: tensor<36x24xf32>, %b: tensor<35xf32>,
                %e: tensor<4x36xf32>) {
  // expected-error @+1 {{linear_c3: dim(bias, 0) is 35 but dim(weight, 0) is 36}}
  %0 = cria.linear %x, %w bias %b into %e
     : tensor<4x24xf32>, tensor<36x24xf32> bias tensor<35xf32> into tensor<4x36xf32>
  return
}

// -----

func.func @storage(%x: tensor<4x24xf32>, %w: tensor<36x24xf64>, %e: tensor<4x36xf32>) {
  // expected-error @+1 {{operand #1 must be 2-D weight of f32, f16, bf16 or blocks, but got 'tensor<36x24xf64>'}}
  %0 = cria.linear %x, %w into %e : tensor<4x24xf32>, tensor<36x24xf64> into tensor<4x36xf32>
  return
}

// -----

func.func @gain(%x: tensor<4x24xf32>, %w: tensor<36x24xf32>, %g: tensor<36xf32>,
                %e: tensor<4x36xf32>) {
  // expected-error @+1 {{linear_c4: dim(gain, 0) is 36 but dim(x, 1) is 24}}
  %0 = cria.linear %x, %w gain %g into %e
     : tensor<4x24xf32>, tensor<36x24xf32> gain tensor<36xf32> into tensor<4x36xf32>
  return
}

// -----

func.func @scale(%x: tensor<4x24xf32>, %w: tensor<36x24xf32>, %s: tensor<36xf32>,
                 %e: tensor<4x36xf32>) {
  // expected-error @+1 {{linear_c5: dim(scale, 0) is 36 but dim(x, 0) is 4}}
  %0 = cria.linear %x, %w scale %s into %e
     : tensor<4x24xf32>, tensor<36x24xf32> scale tensor<36xf32> into tensor<4x36xf32>
  return
}

// -----

func.func @alpha(%x: tensor<4x24xf32>, %w: tensor<36x24xf32>, %e: tensor<4x36xf32>) {
  // expected-error @+1 {{linear_c6: alpha must be finite, found INF}}
  %0 = cria.linear %x, %w into %e {alpha = 0x7FF0000000000000 : f64}
     : tensor<4x24xf32>, tensor<36x24xf32> into tensor<4x36xf32>
  return
}

// -----

func.func @blocks(%x: tensor<4x32x!cria.block<q8_0>>, %w: tensor<36x32xf32>, %e: tensor<4x36xf32>) {
  // expected-error @+1 {{linear_c7: x must be of f32 or q8, found '!cria.block<q8_0>'}}
  %0 = cria.linear %x, %w into %e : tensor<4x32x!cria.block<q8_0>>, tensor<36x32xf32> into tensor<4x36xf32>
  return
}
