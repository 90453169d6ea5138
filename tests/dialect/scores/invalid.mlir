// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @tokens(%q: tensor<4x8x64xf32>, %k: tensor<2x512x64xf32>, %p: index, %e: tensor<3x8x512xf32>) {
  // expected-error @+1 {{scores_c1: dim(out, 0) is 3 but dim(q, 0) is 4}}
  %0 = cria.scores %q, %k at %p into %e {scale = 0.125 : f64}
     : tensor<4x8x64xf32>, tensor<2x512x64xf32> into tensor<3x8x512xf32>
  return
}

// -----

func.func @heads(%q: tensor<4x8x64xf32>, %k: tensor<2x512x64xf32>, %p: index, %e: tensor<4x6x512xf32>) {
  // expected-error @+1 {{scores_c1: dim(out, 1) is 6 but dim(q, 1) is 8}}
  %0 = cria.scores %q, %k at %p into %e {scale = 0.125 : f64}
     : tensor<4x8x64xf32>, tensor<2x512x64xf32> into tensor<4x6x512xf32>
  return
}

// -----

func.func @rows(%q: tensor<4x8x64xf32>, %k: tensor<2x512x64xf32>, %p: index, %e: tensor<4x8x511xf32>) {
  // expected-error @+1 {{scores_c1: dim(out, 2) is 511 but dim(keys, 1) is 512}}
  %0 = cria.scores %q, %k at %p into %e {scale = 0.125 : f64}
     : tensor<4x8x64xf32>, tensor<2x512x64xf32> into tensor<4x8x511xf32>
  return
}

// -----

func.func @groups(%q: tensor<4x30x64xf32>, %k: tensor<8x512x64xf32>, %p: index, %e: tensor<4x30x512xf32>) {
  // expected-error @+1 {{scores_c2: 30 query heads cannot share 8 kv heads}}
  %0 = cria.scores %q, %k at %p into %e {scale = 0.125 : f64}
     : tensor<4x30x64xf32>, tensor<8x512x64xf32> into tensor<4x30x512xf32>
  return
}

// -----

func.func @no_kv_heads(%q: tensor<4x8x64xf32>, %k: tensor<0x512x64xf32>, %p: index, %e: tensor<4x8x512xf32>) {
  // expected-error @+1 {{scores_c2: 8 query heads cannot share 0 kv heads}}
  %0 = cria.scores %q, %k at %p into %e {scale = 0.125 : f64}
     : tensor<4x8x64xf32>, tensor<0x512x64xf32> into tensor<4x8x512xf32>
  return
}

// -----

func.func @head_dim(%q: tensor<4x8x64xf32>, %k: tensor<2x512x32xf32>, %p: index, %e: tensor<4x8x512xf32>) {
  // expected-error @+1 {{scores_c3: dim(keys, 2) is 32 but dim(q, 2) is 64}}
  %0 = cria.scores %q, %k at %p into %e {scale = 0.125 : f64}
     : tensor<4x8x64xf32>, tensor<2x512x32xf32> into tensor<4x8x512xf32>
  return
}

// -----

func.func @scale(%q: tensor<4x8x64xf32>, %k: tensor<2x512x64xf32>, %p: index, %e: tensor<4x8x512xf32>) {
  // expected-error @+1 {{scores_c4: scale must be finite, found INF}}
  %0 = cria.scores %q, %k at %p into %e {scale = 0x7FF0000000000000 : f64}
     : tensor<4x8x64xf32>, tensor<2x512x64xf32> into tensor<4x8x512xf32>
  return
}
