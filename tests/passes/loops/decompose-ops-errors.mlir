// RUN: cria-opt %s --split-input-file --cria-decompose-ops --verify-diagnostics

func.func @buffers(%b: memref<4x24xf32>, %x: memref<4x24xf32>) {
  // expected-error @+1 {{'cria.residual' op cannot be decomposed: its operands are buffers}}
  cria.residual %b into %x : memref<4x24xf32> into memref<4x24xf32>
  return
}

// -----

// A dimension that tiles do not split.
func.func @dynamic(%x: tensor<4x?xf32>, %e: tensor<4x?xf32>) {
  scf.forall (%i) in (2) {
    // expected-error @+1 {{'cria.rms_norm' op cannot be decomposed: dimension 1 of operand 0 is dynamic}}
    %0 = cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : tensor<4x?xf32> into tensor<4x?xf32>
  }
  return
}

// -----

func.func @empty(%x: tensor<4x0xf32>, %w: tensor<8x0xf32>, %e: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-error @+1 {{'cria.linear' op cannot be decomposed: dimension 1 of operand 0 is empty}}
  %0 = cria.linear %x, %w into %e : tensor<4x0xf32>, tensor<8x0xf32> into tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// -----

func.func @heads(%q: tensor<1x?x8xf32>, %k: tensor<2x64x8xf32>, %p: index, %e: tensor<1x?x8xf32>) {
  scf.forall (%i) in (2) {
    // expected-error @+1 {{has a dynamic number of heads, so its groups are unknown}}
    %0 = cria.attend %q, %k, %k at %p into %e {scale = 1.0 : f64}
       : tensor<1x?x8xf32>, tensor<2x64x8xf32>, tensor<2x64x8xf32> into tensor<1x?x8xf32>
  }
  return
}
