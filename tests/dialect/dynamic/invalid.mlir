// RUN: cria-opt %s --split-input-file --verify-diagnostics

// The number of tokens may be dynamic, here 4 of some operands and unknown of others.
func.func @tokens(%x: tensor<?x24xf32>, %w: tensor<36x24xf32>, %e: tensor<4x36xf32>) {
  %0 = cria.linear %x, %w into %e : tensor<?x24xf32>, tensor<36x24xf32> into tensor<4x36xf32>
  return
}

// -----

func.func @width(%x: tensor<4x?xf32>, %e: tensor<4x?xf32>) {
  // expected-error @+1 {{dimension 1 of operand 0 is dynamic, but only the number of tokens may be}}
  %0 = cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : tensor<4x?xf32> into tensor<4x?xf32>
  return
}

// -----

func.func @outputs(%x: tensor<4x24xf32>, %w: tensor<?x24xf32>, %e: tensor<4x?xf32>) {
  // expected-error @+1 {{dimension 0 of operand 1 is dynamic}}
  %0 = cria.linear %x, %w into %e : tensor<4x24xf32>, tensor<?x24xf32> into tensor<4x?xf32>
  return
}

// -----

func.func @heads(%q: tensor<1x?x8xf32>, %k: tensor<2x64x8xf32>, %p: index) {
  // expected-error @+1 {{dimension 1 of operand 0 is dynamic}}
  %0 = cria.attend %q, %k, %k at %p into %q {scale = 1.0 : f64}
     : tensor<1x?x8xf32>, tensor<2x64x8xf32>, tensor<2x64x8xf32> into tensor<1x?x8xf32>
  return
}

// -----

func.func @rows(%r: tensor<?x2x8xf32>, %k: tensor<2x?x8xf32>, %p: index) {
  // expected-error @+1 {{dimension 1 of operand 2 is dynamic}}
  %0 = cria.kv_append %r at %p into %k : tensor<?x2x8xf32> into tensor<2x?x8xf32>
  return
}

// -----

// Parts of a cache are no tokens.
func.func @parts(%m: tensor<?x4x8xf32>, %s: tensor<?x4x2xf32>, %e: tensor<1x4x8xf32>) {
  // expected-error @+1 {{dimension 0 of operand 0 is dynamic}}
  %0 = cria.combine %m, %s into %e : tensor<?x4x8xf32>, tensor<?x4x2xf32> into tensor<1x4x8xf32>
  return
}

// -----

// The last of the tiles that split the outputs may be partial.
func.func @tile(%x: tensor<4x24xf32>, %w: tensor<?x24xf32>, %e: tensor<4x?xf32>,
                %out: tensor<4x36xf32>, %n: index) -> tensor<4x36xf32> {
  %0 = scf.forall (%i) = (0) to (36) step (8) shared_outs(%o = %out) -> tensor<4x36xf32> {
    %y = cria.linear %x, %w into %e : tensor<4x24xf32>, tensor<?x24xf32> into tensor<4x?xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %y into %o[0, %i] [4, %n] [1, 1] : tensor<4x?xf32> into tensor<4x36xf32>
    }
  }
  return %0 : tensor<4x36xf32>
}

// -----

// A size of zero divides nothing.
func.func @none(%q: tensor<1x2x8xf32>, %k: tensor<0x64x8xf32>, %p: index) {
  // expected-error @+1 {{attend_c3: 2 query heads cannot share 0 kv heads}}
  %0 = cria.attend %q, %k, %k at %p into %q {scale = 1.0 : f64}
     : tensor<1x2x8xf32>, tensor<0x64x8xf32>, tensor<0x64x8xf32> into tensor<1x2x8xf32>
  return
}
