// RUN: cria-opt %s --split-input-file --verify-diagnostics

func.func @out(%q: tensor<4x8x64xf32>, %k: tensor<2x512x64xf32>, %v: tensor<2x512x64xf32>, %p: index,
            %e: tensor<4x6x64xf32>) {
  // expected-error @+1 {{attend_c1: dim(out, 1) is 6 but dim(q, 1) is 8}}
  %0 = cria.attend %q, %k, %v at %p into %e {scale = 0.125 : f64}
     : tensor<4x8x64xf32>, tensor<2x512x64xf32>, tensor<2x512x64xf32> into tensor<4x6x64xf32>
  return
}

// -----

func.func @shapes(%q: tensor<4x8x64xf32>, %k: tensor<2x512x64xf32>, %v: tensor<2x511x64xf32>, %p: index,
            %e: tensor<4x8x64xf32>) {
  // expected-error @+1 {{attend_c2: dim(values, 1) is 511 but dim(keys, 1) is 512}}
  %0 = cria.attend %q, %k, %v at %p into %e {scale = 0.125 : f64}
     : tensor<4x8x64xf32>, tensor<2x512x64xf32>, tensor<2x511x64xf32> into tensor<4x8x64xf32>
  return
}

// -----

func.func @types(%q: tensor<4x8x64xf32>, %k: tensor<2x512x64xf32>, %v: tensor<2x512x64xbf16>, %p: index,
            %e: tensor<4x8x64xf32>) {
  // expected-error @+1 {{attend_c2: keys are 'f32' but values are 'bf16'}}
  %0 = cria.attend %q, %k, %v at %p into %e {scale = 0.125 : f64}
     : tensor<4x8x64xf32>, tensor<2x512x64xf32>, tensor<2x512x64xbf16> into tensor<4x8x64xf32>
  return
}

// -----

func.func @heads(%q: tensor<4x30x64xf32>, %k: tensor<8x512x64xf32>, %v: tensor<8x512x64xf32>, %p: index,
            %e: tensor<4x30x64xf32>) {
  // expected-error @+1 {{attend_c3: 30 query heads cannot share 8 kv heads}}
  %0 = cria.attend %q, %k, %v at %p into %e {scale = 0.125 : f64}
     : tensor<4x30x64xf32>, tensor<8x512x64xf32>, tensor<8x512x64xf32> into tensor<4x30x64xf32>
  return
}

// -----

func.func @no_heads(%q: tensor<4x8x64xf32>, %k: tensor<0x512x64xf32>, %v: tensor<0x512x64xf32>, %p: index,
            %e: tensor<4x8x64xf32>) {
  // expected-error @+1 {{attend_c3: 8 query heads cannot share 0 kv heads}}
  %0 = cria.attend %q, %k, %v at %p into %e {scale = 0.125 : f64}
     : tensor<4x8x64xf32>, tensor<0x512x64xf32>, tensor<0x512x64xf32> into tensor<4x8x64xf32>
  return
}

// -----

func.func @head_dim(%q: tensor<4x8x64xf32>, %k: tensor<2x512x32xf32>, %v: tensor<2x512x32xf32>, %p: index,
            %e: tensor<4x8x64xf32>) {
  // expected-error @+1 {{attend_c4: dim(keys, 2) is 32 but dim(q, 2) is 64}}
  %0 = cria.attend %q, %k, %v at %p into %e {scale = 0.125 : f64}
     : tensor<4x8x64xf32>, tensor<2x512x32xf32>, tensor<2x512x32xf32> into tensor<4x8x64xf32>
  return
}

// -----

func.func @scale(%q: tensor<4x8x64xf32>, %k: tensor<2x512x64xf32>, %v: tensor<2x512x64xf32>, %p: index,
            %e: tensor<4x8x64xf32>) {
  // expected-error @+1 {{attend_c5: scale must be finite, found INF}}
  %0 = cria.attend %q, %k, %v at %p into %e {scale = 0x7FF0000000000000 : f64}
     : tensor<4x8x64xf32>, tensor<2x512x64xf32>, tensor<2x512x64xf32> into tensor<4x8x64xf32>
  return
}
