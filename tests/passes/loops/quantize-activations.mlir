// RUN: cria-opt %s --cria-quantize-activations | FileCheck %s
// RUN: cria-opt %s --cria-tile-kernels --cria-quantize-activations | FileCheck %s --check-prefix=TILED

!x = tensor<?x64xf32>
!w = tensor<16x64x!cria.block<q4_0>>
!out = tensor<?x16xf32>

module attributes {dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<"features" = ["emulated-dot-int8"]>>} {

// The tokens are rounded once, for both linears that read them.
// CHECK-LABEL: @shared
// CHECK: cria.kernel "two"
// CHECK: %[[X:.*]] = cria.quantize %arg0 into {{.*}} : tensor<?x64xf32> into tensor<?x64x!cria.block<q8>>
// CHECK-NOT: cria.quantize
// CHECK-COUNT-2: cria.linear %[[X]], {{.*}} : tensor<?x64x!cria.block<q8>>, tensor<16x64x!cria.block<q4_0>>

// Before the tiles, although they are a slice of the tile after tiling.
// TILED-LABEL: @shared
// TILED: cria.quantize
// TILED: scf.forall
// TILED-NOT: cria.quantize
func.func @shared(%x: !x, %v: !w, %w: !w, %e: !out) -> !out {
  %0 = cria.kernel "two" schedule<tiles = [0, 8], unit = dot_int8> -> !out {
    %1 = cria.linear %x, %v into %e : !x, !w into !out
    %2 = cria.linear %x, %w into %e : !x, !w into !out
    %3 = cria.swiglu %1, %2 into %e : !out, !out into !out
    cria.yield %3 : !out
  }
  return %0 : !out
}

// Other units and other weights read the tokens as they are.
// CHECK-LABEL: @exact
// CHECK-NOT: cria.quantize
func.func @exact(%x: !x, %w: !w, %v: tensor<16x64xf32>, %e: !out) -> (!out, !out) {
  %0 = cria.kernel "fma" -> !out {
    %1 = cria.linear %x, %w into %e : !x, !w into !out
    cria.yield %1 : !out
  }
  %2 = cria.kernel "f32" schedule<unit = dot_int8> -> !out {
    %3 = cria.linear %x, %v into %e : !x, tensor<16x64xf32> into !out
    cria.yield %3 : !out
  }
  return %0, %2 : !out, !out
}
}
