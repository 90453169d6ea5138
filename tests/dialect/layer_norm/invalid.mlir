// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @shape(%x: tensor<4x24xf32>, %e: tensor<3x24xf32>) {
  // expected-error @+1 {{layer_norm_c1: dim(out, 0) is 3 but dim(x, 0) is 4}}
  %0 = cria.layer_norm %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<3x24xf32>
  return
}

// -----

func.func @width(%x: memref<4x24xf32>, %e: memref<4x25xf32>) {
  // expected-error @+1 {{layer_norm_c1: dim(out, 1) is 25 but dim(x, 1) is 24}}
  cria.layer_norm %x into %e {eps = 1.0e-5 : f64} : memref<4x24xf32> into memref<4x25xf32>
  return
}

// -----

func.func @weight(%x: tensor<4x24xf32>, %g: tensor<25xf32>, %e: tensor<4x24xf32>) {
  // expected-error @+1 {{layer_norm_c2: dim(weight, 0) is 25 but dim(x, 1) is 24}}
  %0 = cria.layer_norm %x, %g into %e {eps = 1.0e-5 : f64}
     : tensor<4x24xf32>, tensor<25xf32> into tensor<4x24xf32>
  return
}

// -----

func.func @bias(%x: tensor<4x24xf32>, %b: tensor<1xf32>, %e: tensor<4x24xf32>) {
  // expected-error @+1 {{layer_norm_c3: dim(bias, 0) is 1 but dim(x, 1) is 24}}
  %0 = cria.layer_norm %x bias %b into %e {eps = 1.0e-5 : f64}
     : tensor<4x24xf32> bias tensor<1xf32> into tensor<4x24xf32>
  return
}

// -----

func.func @negative_eps(%x: tensor<4x24xf32>, %e: tensor<4x24xf32>) {
  // expected-error @+1 {{layer_norm_c4: eps must be finite and at least 0, found -1.0}}
  %0 = cria.layer_norm %x into %e {eps = -1.0 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
  return
}

// -----

func.func @nan_eps(%x: tensor<4x24xf32>, %e: tensor<4x24xf32>) {
  // expected-error @+1 {{layer_norm_c4: eps must be finite and at least 0, found nan}}
  %0 = cria.layer_norm %x into %e {eps = 0x7FF8000000000000 : f64}
     : tensor<4x24xf32> into tensor<4x24xf32>
  return
}

// -----

func.func @no_eps(%x: tensor<4x24xf32>, %e: tensor<4x24xf32>) {
  // expected-error @+1 {{requires attribute 'eps'}}
  %0 = cria.layer_norm %x into %e : tensor<4x24xf32> into tensor<4x24xf32>
  return
}
