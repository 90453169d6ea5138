// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @parts(%m: tensor<4x8x6xf32>, %s: tensor<3x8x2xf32>, %e: tensor<1x8x6xf32>) {
  // expected-error @+1 {{combine_c1: dim(stats, 0) is 3 but dim(mixed, 0) is 4}}
  %0 = cria.combine %m, %s into %e : tensor<4x8x6xf32>, tensor<3x8x2xf32> into tensor<1x8x6xf32>
  return
}

// -----

func.func @stats(%m: tensor<4x8x6xf32>, %s: tensor<4x8x1xf32>, %e: tensor<1x8x6xf32>) {
  // expected-error @+1 {{combine_c1: dim(stats, 2) is 1 but must be 2}}
  %0 = cria.combine %m, %s into %e : tensor<4x8x6xf32>, tensor<4x8x1xf32> into tensor<1x8x6xf32>
  return
}

// -----

func.func @tokens(%m: tensor<4x8x6xf32>, %s: tensor<4x8x2xf32>, %e: tensor<2x8x6xf32>) {
  // expected-error @+1 {{combine_c2: dim(out, 0) is 2 but must be 1}}
  %0 = cria.combine %m, %s into %e : tensor<4x8x6xf32>, tensor<4x8x2xf32> into tensor<2x8x6xf32>
  return
}

// -----

func.func @heads(%m: tensor<4x8x6xf32>, %s: tensor<4x8x2xf32>, %e: tensor<1x4x6xf32>) {
  // expected-error @+1 {{combine_c2: dim(out, 1) is 4 but dim(mixed, 1) is 8}}
  %0 = cria.combine %m, %s into %e : tensor<4x8x6xf32>, tensor<4x8x2xf32> into tensor<1x4x6xf32>
  return
}

// -----

func.func @head_dim(%m: tensor<4x8x6xf32>, %s: tensor<4x8x2xf32>, %e: tensor<1x8x5xf32>) {
  // expected-error @+1 {{combine_c2: dim(out, 2) is 5 but dim(mixed, 2) is 6}}
  %0 = cria.combine %m, %s into %e : tensor<4x8x6xf32>, tensor<4x8x2xf32> into tensor<1x8x5xf32>
  return
}
