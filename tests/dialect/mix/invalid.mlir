// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @tokens(%w: tensor<4x8x512xf32>, %v: tensor<2x512x64xf32>, %p: index, %e: tensor<3x8x64xf32>) {
  // expected-error @+1 {{mix_c1: dim(out, 0) is 3 but dim(weights, 0) is 4}}
  %0 = cria.mix %w, %v at %p into %e
     : tensor<4x8x512xf32>, tensor<2x512x64xf32> into tensor<3x8x64xf32>
  return
}

// -----

func.func @heads(%w: tensor<4x8x512xf32>, %v: tensor<2x512x64xf32>, %p: index, %e: tensor<4x6x64xf32>) {
  // expected-error @+1 {{mix_c1: dim(out, 1) is 6 but dim(weights, 1) is 8}}
  %0 = cria.mix %w, %v at %p into %e
     : tensor<4x8x512xf32>, tensor<2x512x64xf32> into tensor<4x6x64xf32>
  return
}

// -----

func.func @head_dim(%w: tensor<4x8x512xf32>, %v: tensor<2x512x64xf32>, %p: index, %e: tensor<4x8x32xf32>) {
  // expected-error @+1 {{mix_c1: dim(out, 2) is 32 but dim(values, 2) is 64}}
  %0 = cria.mix %w, %v at %p into %e
     : tensor<4x8x512xf32>, tensor<2x512x64xf32> into tensor<4x8x32xf32>
  return
}

// -----

func.func @groups(%w: tensor<4x30x512xf32>, %v: tensor<8x512x64xf32>, %p: index, %e: tensor<4x30x64xf32>) {
  // expected-error @+1 {{mix_c2: 30 query heads cannot share 8 kv heads}}
  %0 = cria.mix %w, %v at %p into %e
     : tensor<4x30x512xf32>, tensor<8x512x64xf32> into tensor<4x30x64xf32>
  return
}

// -----

func.func @rows(%w: tensor<4x8x511xf32>, %v: tensor<2x512x64xf32>, %p: index, %e: tensor<4x8x64xf32>) {
  // expected-error @+1 {{mix_c3: dim(weights, 2) is 511 but dim(values, 1) is 512}}
  %0 = cria.mix %w, %v at %p into %e
     : tensor<4x8x511xf32>, tensor<2x512x64xf32> into tensor<4x8x64xf32>
  return
}
