// RUN: cria-opt %s --cria-record-costs | FileCheck %s

// The terms are: fixed, per token, per row of the cache, per pair of a token and a row it sees.

// Queries and results are 512 bytes per token each, a row of keys or of values is 64 bytes; 2 · 2 · 16
// operations for each pair and head.
// CHECK-LABEL: @tokens
// CHECK: cria.kernel "attend" {{.*}}attributes {cria.bytes = array<i64: 0, 1024, 128, 0>, cria.calls = 1 : i64, cria.flops = array<i64: 0, 0, 0, 512>}
func.func @tokens(%q: tensor<?x8x16xf32>, %k: tensor<2x64x16xbf16>, %v: tensor<2x64x16xbf16>,
                  %p: index, %e: tensor<?x8x16xf32>) -> tensor<?x8x16xf32> {
  %y = cria.kernel "attend" -> tensor<?x8x16xf32> {
    %0 = cria.attend %q, %k, %v at %p into %e {scale = 1.0 : f64}
       : tensor<?x8x16xf32>, tensor<2x64x16xbf16>, tensor<2x64x16xbf16> into tensor<?x8x16xf32>
    cria.yield %0 : tensor<?x8x16xf32>
  }
  return %y : tensor<?x8x16xf32>
}

// A weight is read once; x and the result are 96 and 144 bytes per token.
// CHECK-LABEL: @product
// CHECK: cria.kernel "linear" {{.*}}attributes {cria.bytes = array<i64: 1728, 240, 0, 0>, cria.calls = 1 : i64, cria.flops = array<i64: 0, 1728, 0, 0>}
func.func @product(%x: tensor<?x24xf32>, %w: tensor<36x24xbf16>, %e: tensor<?x36xf32>)
    -> tensor<?x36xf32> {
  %y = cria.kernel "linear" -> tensor<?x36xf32> {
    %0 = cria.linear %x, %w into %e : tensor<?x24xf32>, tensor<36x24xbf16> into tensor<?x36xf32>
    cria.yield %0 : tensor<?x36xf32>
  }
  return %y : tensor<?x36xf32>
}

// One token sees a row more than there were before it.
// CHECK-LABEL: @one
// CHECK: cria.kernel "attend" {{.*}}attributes {cria.bytes = array<i64: 1024, 0, 128, 0>, cria.calls = 1 : i64, cria.flops = array<i64: 0, 0, 512, 0>}
func.func @one(%q: tensor<1x8x16xf32>, %k: tensor<2x64x16xbf16>, %v: tensor<2x64x16xbf16>,
               %p: index, %e: tensor<1x8x16xf32>) -> tensor<1x8x16xf32> {
  %y = cria.kernel "attend" -> tensor<1x8x16xf32> {
    %0 = cria.attend %q, %k, %v at %p into %e {scale = 1.0 : f64}
       : tensor<1x8x16xf32>, tensor<2x64x16xbf16>, tensor<2x64x16xbf16> into tensor<1x8x16xf32>
    cria.yield %0 : tensor<1x8x16xf32>
  }
  return %y : tensor<1x8x16xf32>
}

// Two of three layers are of the first variant.
// CHECK-LABEL: @variants
// CHECK: case 0 {
// CHECK: cria.kernel "linear" {{.*}}cria.calls = 2 : i64
// CHECK: default {
// CHECK: cria.kernel "linear" {{.*}}cria.calls = 1 : i64
func.func @variants(%x: tensor<1x24xf32>, %w: tensor<24x24xbf16>, %v: tensor<24x24xf32>)
    -> tensor<1x24xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %variants = arith.constant dense<[0, 1, 0]> : tensor<3xindex>
  %y = scf.for %layer = %c0 to %c3 step %c1 iter_args(%carried = %x) -> tensor<1x24xf32> {
    %variant = tensor.extract %variants[%layer] : tensor<3xindex>
    %e = tensor.empty() : tensor<1x24xf32>
    %next = scf.index_switch %variant -> tensor<1x24xf32>
    case 0 {
      %0 = cria.kernel "linear" -> tensor<1x24xf32> {
        %1 = cria.linear %carried, %w into %e
           : tensor<1x24xf32>, tensor<24x24xbf16> into tensor<1x24xf32>
        cria.yield %1 : tensor<1x24xf32>
      }
      scf.yield %0 : tensor<1x24xf32>
    }
    default {
      %0 = cria.kernel "linear" -> tensor<1x24xf32> {
        %1 = cria.linear %carried, %v into %e
           : tensor<1x24xf32>, tensor<24x24xf32> into tensor<1x24xf32>
        cria.yield %1 : tensor<1x24xf32>
      }
      scf.yield %0 : tensor<1x24xf32>
    }
    scf.yield %next : tensor<1x24xf32>
  }
  return %y : tensor<1x24xf32>
}
