// Sizes whose costs would not fit 64 bits are refused, for every op alike.
// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @one(%x: tensor<4x4611686018427387904xf32>, %e: tensor<4xf32>) {
  // expected-error @+1 {{'cria.rms_scale' op operand 0 is too large: 'tensor<4x4611686018427387904xf32>'}}
  %0 = cria.rms_scale %x into %e {eps = 0.0 : f64}
     : tensor<4x4611686018427387904xf32> into tensor<4xf32>
  return
}

// -----

func.func @two(%x: tensor<1073741824x8xf32>, %w: tensor<1073741824x8xf32>,
               %e: tensor<1073741824x1073741824xf32>) {
  // expected-error @+1 {{'cria.linear' op operand 2 is too large}}
  %0 = cria.linear %x, %w into %e
     : tensor<1073741824x8xf32>, tensor<1073741824x8xf32> into tensor<1073741824x1073741824xf32>
  return
}

// -----

func.func @together(%x: tensor<268435456x67108864xf32>, %w: tensor<67108864x67108864xf32>,
                    %e: tensor<268435456x67108864xf32>) {
  // expected-error @+1 {{has operands that are too large together: its operations cannot be counted}}
  %0 = cria.linear %x, %w into %e
     : tensor<268435456x67108864xf32>, tensor<67108864x67108864xf32>
       into tensor<268435456x67108864xf32>
  return
}

// -----

// The largest models there are fit: a token table of 405 billion parameters and 16 k tokens.
func.func @large(%x: tensor<16384x16384xf32>, %w: tensor<131072x16384xbf16>,
                 %e: tensor<16384x131072xf32>) {
  %0 = cria.linear %x, %w into %e
     : tensor<16384x16384xf32>, tensor<131072x16384xbf16> into tensor<16384x131072xf32>
  return
}
