// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

// Defaults are not printed; units may be quoted.
// CHECK: module attributes {cria.all_defaults = #cria.schedule,
// CHECK-SAME: cria.every_field = #cria.schedule<tiles = [0, 256], unit = dot_bf16, block = [6, 16], depth = 512, keys = 64, streams = 4, prefetch = 4096>
// CHECK-SAME: cria.example = #cria.schedule<tiles = [0, 256], unit = dot_bf16, block = [6, 16], depth = 512>
// CHECK-SAME: cria.explicit_defaults = #cria.schedule<tiles = [8]>
module attributes {
  cria.all_defaults = #cria.schedule,
  cria.every_field = #cria.schedule<prefetch = 4096, streams = 4, keys = 64, depth = 512, block = [6, 16], unit = "dot_bf16", tiles = [0, 256]>,
  cria.example =
    #cria.schedule<tiles = [0, 256], unit = dot_bf16, block = [6, 16], depth = 512>
  , cria.explicit_defaults = #cria.schedule<tiles = [8], unit = fma, depth = 0, keys = 0, streams = 1, prefetch = 0>
} {
  // CHECK-LABEL: @kernel
  // CHECK: cria.kernel "plain" {
  // CHECK: cria.kernel "scheduled" schedule<tiles = [0, 8]> -> tensor<4x24xf32> attributes {stage = 1 : i64} {
  // CHECK: cria.kernel "defaults" schedule#cria.schedule {
  func.func @kernel(%x: tensor<4x24xf32>, %e: tensor<4x24xf32>) -> tensor<4x24xf32> {
    cria.kernel "plain" {
    }
    %0 = cria.kernel "scheduled" schedule<tiles = [0, 8]> -> tensor<4x24xf32> attributes {stage = 1} {
      %s = cria.swiglu %x, %x into %e
         : tensor<4x24xf32>, tensor<4x24xf32> into tensor<4x24xf32>
      cria.yield %s : tensor<4x24xf32>
    }
    cria.kernel "defaults" schedule#cria.schedule {
    }
    return %0 : tensor<4x24xf32>
  }

  // CHECK-LABEL: @outlined
  // CHECK-SAME: attributes {cria.schedule = #cria.schedule<keys = 64>}
  func.func @outlined() attributes {cria.schedule = #cria.schedule<keys = 64>} {
    return
  }
}
