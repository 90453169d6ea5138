// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @mixed(%q: tensor<1x8x6xf32>, %k: tensor<2x9x6xf32>, %v: tensor<2x9x6xf32>, %i: index, %e: tensor<1x8x7xf32>, %f: tensor<1x8x2xf32>) {
  // expected-error @+1 {{attend_rows_c1: dim(mixed, 2) is 7 but dim(q, 2) is 6}}
  %0:2 = cria.attend_rows %q, %k, %v from %i to %i into %e, %f {scale = 1.0 : f64}
    : tensor<1x8x6xf32>, tensor<2x9x6xf32>, tensor<2x9x6xf32> into tensor<1x8x7xf32>, tensor<1x8x2xf32>
  return
}

// -----

func.func @values(%q: tensor<1x8x6xf32>, %k: tensor<2x9x6xf32>, %v: tensor<2x8x6xf32>, %i: index, %e: tensor<1x8x6xf32>, %f: tensor<1x8x2xf32>) {
  // expected-error @+1 {{attend_rows_c2: dim(values, 1) is 8 but dim(keys, 1) is 9}}
  %0:2 = cria.attend_rows %q, %k, %v from %i to %i into %e, %f {scale = 1.0 : f64}
    : tensor<1x8x6xf32>, tensor<2x9x6xf32>, tensor<2x8x6xf32> into tensor<1x8x6xf32>, tensor<1x8x2xf32>
  return
}

// -----

func.func @types(%q: tensor<1x8x6xf32>, %k: tensor<2x9x6xf32>, %v: tensor<2x9x6xbf16>, %i: index, %e: tensor<1x8x6xf32>, %f: tensor<1x8x2xf32>) {
  // expected-error @+1 {{attend_rows_c2: keys are 'f32' but values are 'bf16'}}
  %0:2 = cria.attend_rows %q, %k, %v from %i to %i into %e, %f {scale = 1.0 : f64}
    : tensor<1x8x6xf32>, tensor<2x9x6xf32>, tensor<2x9x6xbf16> into tensor<1x8x6xf32>, tensor<1x8x2xf32>
  return
}

// -----

func.func @groups(%q: tensor<1x8x6xf32>, %k: tensor<3x9x6xf32>, %v: tensor<3x9x6xf32>, %i: index, %e: tensor<1x8x6xf32>, %f: tensor<1x8x2xf32>) {
  // expected-error @+1 {{attend_rows_c3: 8 query heads cannot share 3 kv heads}}
  %0:2 = cria.attend_rows %q, %k, %v from %i to %i into %e, %f {scale = 1.0 : f64}
    : tensor<1x8x6xf32>, tensor<3x9x6xf32>, tensor<3x9x6xf32> into tensor<1x8x6xf32>, tensor<1x8x2xf32>
  return
}

// -----

func.func @head_dim(%q: tensor<1x8x6xf32>, %k: tensor<2x9x4xf32>, %v: tensor<2x9x4xf32>, %i: index, %e: tensor<1x8x6xf32>, %f: tensor<1x8x2xf32>) {
  // expected-error @+1 {{attend_rows_c4: dim(keys, 2) is 4 but dim(q, 2) is 6}}
  %0:2 = cria.attend_rows %q, %k, %v from %i to %i into %e, %f {scale = 1.0 : f64}
    : tensor<1x8x6xf32>, tensor<2x9x4xf32>, tensor<2x9x4xf32> into tensor<1x8x6xf32>, tensor<1x8x2xf32>
  return
}

// -----

func.func @heads_of_stats(%q: tensor<1x8x6xf32>, %k: tensor<2x9x6xf32>, %v: tensor<2x9x6xf32>, %i: index, %e: tensor<1x8x6xf32>, %f: tensor<1x4x2xf32>) {
  // expected-error @+1 {{attend_rows_c5: dim(stats, 1) is 4 but dim(q, 1) is 8}}
  %0:2 = cria.attend_rows %q, %k, %v from %i to %i into %e, %f {scale = 1.0 : f64}
    : tensor<1x8x6xf32>, tensor<2x9x6xf32>, tensor<2x9x6xf32> into tensor<1x8x6xf32>, tensor<1x4x2xf32>
  return
}

// -----

func.func @stats(%q: tensor<1x8x6xf32>, %k: tensor<2x9x6xf32>, %v: tensor<2x9x6xf32>, %i: index, %e: tensor<1x8x6xf32>, %f: tensor<1x8x3xf32>) {
  // expected-error @+1 {{attend_rows_c5: dim(stats, 2) is 3 but must be 2}}
  %0:2 = cria.attend_rows %q, %k, %v from %i to %i into %e, %f {scale = 1.0 : f64}
    : tensor<1x8x6xf32>, tensor<2x9x6xf32>, tensor<2x9x6xf32> into tensor<1x8x6xf32>, tensor<1x8x3xf32>
  return
}

// -----

func.func @scale(%q: tensor<1x8x6xf32>, %k: tensor<2x9x6xf32>, %v: tensor<2x9x6xf32>, %i: index, %e: tensor<1x8x6xf32>, %f: tensor<1x8x2xf32>) {
  // expected-error @+1 {{attend_rows_c6: scale must be finite, found INF}}
  %0:2 = cria.attend_rows %q, %k, %v from %i to %i into %e, %f {scale = 0x7FF0000000000000 : f64}
    : tensor<1x8x6xf32>, tensor<2x9x6xf32>, tensor<2x9x6xf32> into tensor<1x8x6xf32>, tensor<1x8x2xf32>
  return
}
