// RUN: cria-opt %s --cria-quantize-activations --verify-diagnostics

!x = tensor<?x64xf32>
!w = tensor<16x64x!cria.block<q4_0, packed>>
!out = tensor<?x16xf32>

module attributes {dlti.target_system_spec = #dlti.target_system_spec<
    "CPU" = #dlti.target_device_spec<"features" = ["emulated-dot-int8"]>>} {

// The schedule says another unit than that of integers.
func.func @exact(%x: !x, %w: !w, %e: !out) -> !out {
  %0 = cria.kernel "fma" -> !out {
    // expected-error @+1 {{'cria.linear' op multiplies packed weights, which only units of integers do}}
    %1 = cria.linear %x, %w into %e : !x, !w into !out
    cria.yield %1 : !out
  }
  return %0 : !out
}

}
