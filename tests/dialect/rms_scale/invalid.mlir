// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @tokens(%x: tensor<4x24xf32>, %e: tensor<5xf32>) {
  // expected-error @+1 {{rms_scale_c1: dim(out, 0) is 5 but dim(x, 0) is 4}}
  %0 = cria.rms_scale %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<5xf32>
  return
}

// -----

func.func @eps(%x: tensor<4x24xf32>, %e: tensor<4xf32>) {
  // expected-error @+1 {{rms_scale_c2: eps must be finite and at least 0, found -1.000000e+00}}
  %0 = cria.rms_scale %x into %e {eps = -1.0 : f64} : tensor<4x24xf32> into tensor<4xf32>
  return
}
