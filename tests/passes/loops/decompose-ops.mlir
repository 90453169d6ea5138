// RUN: cria-opt %s --split-input-file --cria-decompose-ops --canonicalize --cse | FileCheck %s
// RUN: cria-opt %s --split-input-file --cria-decompose-ops | FileCheck %s --check-prefix=NONE

// NONE-NOT: = cria.

// CHECK-DAG: #[[TRANSPOSED:.*]] = affine_map<(d0, d1, d2) -> (d1, d0, d2)>

// Sums start from zeros, then come scale, bias and factor, element by element.
// CHECK-LABEL: @linear
// CHECK-SAME: (%[[X:[a-z0-9]*]]: tensor<?x20xf32>, %[[W:[a-z0-9]*]]: tensor<6x20xbf16>, %[[B:[a-z0-9]*]]: tensor<6xbf16>, %[[S:[a-z0-9]*]]: tensor<?xf32>, %[[E:[a-z0-9]*]]: tensor<?x6xf32>)
// CHECK: %[[ZERO:.*]] = linalg.fill {{.*}} outs(%[[E]]
// CHECK: %[[SUM:.*]] = linalg.generic {{.*}}["parallel", "parallel", "reduction"]{{.*}} ins(%[[X]], %[[W]] : {{.*}}) outs(%[[ZERO]]
// CHECK: arith.extf
// CHECK: arith.mulf
// CHECK: arith.addf
// CHECK: linalg.generic {{.*}}["parallel", "parallel"]{{.*}} ins(%[[S]], %[[B]] : {{.*}}) outs(%[[SUM]]
func.func @linear(%x: tensor<?x20xf32>, %w: tensor<6x20xbf16>, %b: tensor<6xbf16>,
                  %s: tensor<?xf32>, %e: tensor<?x6xf32>) -> tensor<?x6xf32> {
  %0 = cria.linear %x, %w bias %b scale %s into %e {alpha = 2.0 : f64}
     : tensor<?x20xf32>, tensor<6x20xbf16> bias tensor<6xbf16> scale tensor<?xf32>
       into tensor<?x6xf32>
  return %0 : tensor<?x6xf32>
}

// A plain product has nothing after its sums.
// CHECK-LABEL: @product
// CHECK-COUNT-1: linalg.generic
// CHECK-NOT: linalg.generic
// CHECK: return
func.func @product(%x: tensor<1x64xf32>, %w: tensor<6x64xf32>,
                   %e: tensor<1x6xf32>) -> tensor<1x6xf32> {
  %0 = cria.linear %x, %w into %e : tensor<1x64xf32>, tensor<6x64xf32> into tensor<1x6xf32>
  return %0 : tensor<1x6xf32>
}

// The sum of squares, the scale of each token, and its product with each element.
// CHECK-LABEL: @rms_norm
// CHECK-SAME: (%[[X:[a-z0-9]*]]: tensor<?x24xf32>, %[[G:[a-z0-9]*]]: tensor<24xbf16>
// CHECK: %[[ZERO:.*]] = linalg.fill {{.*}} -> tensor<?xf32>
// CHECK: %[[SUM:.*]] = linalg.generic {{.*}}["parallel", "reduction"]{{.*}} ins(%[[X]] : {{.*}}) outs(%[[ZERO]]
// CHECK: %[[SCALE:.*]] = linalg.generic {{.*}} outs(%[[SUM]]
// CHECK: math.sqrt
// CHECK: arith.divf
// CHECK: linalg.generic {{.*}} ins(%[[X]], %[[SCALE]], %[[G]] : tensor<?x24xf32>, tensor<?xf32>, tensor<24xbf16>)
func.func @rms_norm(%x: tensor<?x24xf32>, %g: tensor<24xbf16>,
                    %e: tensor<?x24xf32>) -> tensor<?x24xf32> {
  %0 = cria.rms_norm %x, %g into %e {eps = 1.0e-5 : f64}
     : tensor<?x24xf32>, tensor<24xbf16> into tensor<?x24xf32>
  return %0 : tensor<?x24xf32>
}

// CHECK-LABEL: @embed
// CHECK-SAME: (%[[IDS:[a-z0-9]*]]: tensor<4xi32>, %[[W:[a-z0-9]*]]: tensor<80x24xf16>
// CHECK: scf.for %[[T:.*]] = %c0 to %c4
// CHECK: %[[ID:.*]] = tensor.extract %[[IDS]][%[[T]]]
// CHECK: %[[ROW:.*]] = arith.index_cast %[[ID]] : i32 to index
// CHECK: tensor.extract_slice %[[W]][%[[ROW]], 0] [1, 24] [1, 1] : tensor<80x24xf16> to tensor<24xf16>
// CHECK: arith.extf %{{.*}} : f16 to f32
func.func @embed(%t: tensor<4xi32>, %w: tensor<80x24xf16>,
                 %e: tensor<4x24xf32>) -> tensor<4x24xf32> {
  %0 = cria.embed %t, %w into %e : tensor<4xi32>, tensor<80x24xf16> into tensor<4x24xf32>
  return %0 : tensor<4x24xf32>
}

// Frequencies 1 and 1/100, divided by 4; the angle is f64.
// CHECK-LABEL: @rotary_table
// CHECK: arith.constant dense<[2.500000e-01, 2.500000e-03]> : tensor<2xf64>
// CHECK: math.cos %{{.*}} : f64
// CHECK: math.sin %{{.*}} : f64
func.func @rotary_table(%p: index, %c: tensor<4x2xf32>) -> (tensor<4x2xf32>, tensor<4x2xf32>) {
  %cos, %sin = cria.rotary_table %p into %c, %c
      {theta = 1.0e4 : f64, scaling = #cria.rope_scaling<linear, factor = 4.0 : f64>}
    : tensor<4x2xf32>, tensor<4x2xf32>
  return %cos, %sin : tensor<4x2xf32>, tensor<4x2xf32>
}

// One token: full blocks of 64 keys, or all rows of a smaller cache, of which the token sees every
// row; then what is left, without a mask. Scores of a block are the only buffer.
// CHECK-LABEL: @attend
// CHECK-SAME: (%[[Q:[a-z0-9]*]]: tensor<1x4x8xf32>, %[[K:[a-z0-9]*]]: tensor<2x100x8xbf16>, %[[V:[a-z0-9]*]]: tensor<2x100x8xbf16>, %[[P:[a-z0-9]*]]: index
// CHECK: scf.for %[[G:.*]] = %c0 to %c2
// CHECK: scf.for %[[ROW:.*]] = %c0 to %[[FULL:.*]] step %c64 iter_args
// CHECK: tensor.extract_slice %[[K]][%[[G]], %[[ROW]], 0] [1, 64, 8]
// CHECK: linalg.generic {indexing_maps = [#[[HEADS:.*]], #[[KEYS:.*]], #[[SCORES:.*]]], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
// CHECK: arith.maxnumf
// CHECK: math.exp
// CHECK: tensor.extract_slice %[[V]][%[[G]], %[[ROW]], 0] [1, 64, 8]
// CHECK: linalg.generic {indexing_maps = [#[[HEADS]], #[[VALUES:.*]], #[[SCORES]]], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
// CHECK: scf.for %{{.*}} = %[[FULL]] to %{{.*}} step %c64
// CHECK: %[[SIZE:.*]] = affine.min
// CHECK: tensor.extract_slice %[[K]][%[[G]], %{{.*}}, 0] [1, %[[SIZE]], 8]
// CHECK-NOT: arith.select
// CHECK: return
func.func @attend(%q: tensor<1x4x8xf32>, %k: tensor<2x100x8xbf16>, %v: tensor<2x100x8xbf16>,
                  %p: index, %e: tensor<1x4x8xf32>) -> tensor<1x4x8xf32> {
  %0 = cria.attend %q, %k, %v at %p into %e {scale = 0.5 : f64}
     : tensor<1x4x8xf32>, tensor<2x100x8xbf16>, tensor<2x100x8xbf16> into tensor<1x4x8xf32>
  return %0 : tensor<1x4x8xf32>
}

// Several tokens: blocks that not all of them see in full are masked, for those that see any of it.
// CHECK-LABEL: @tokens
// CHECK-SAME: %[[P:[a-z0-9]*]]: index
// CHECK: scf.for %{{.*}} = %{{.*}} to %{{.*}} step %c64
// CHECK-NOT: arith.select
// CHECK: scf.for %[[ROW:.*]] = %{{.*}} to %{{.*}} step %c64
// CHECK: %[[FROM:.*]] = affine.max #{{.*}}()[%[[ROW]], %[[P]]]
// CHECK: tensor.extract_slice %{{.*}}[%[[FROM]], 0, 0]
// CHECK: %[[FIRST:.*]] = affine.apply #{{.*}}()[%[[P]], %[[FROM]]]
// CHECK-DAG: %[[J:.*]] = linalg.index 2
// CHECK-DAG: %[[KEY:.*]] = arith.addi %[[ROW]], %[[J]]
// CHECK-DAG: %[[T:.*]] = linalg.index 0
// CHECK-DAG: %[[LAST:.*]] = arith.addi %[[FIRST]], %[[T]]
// CHECK: %[[SEEN:.*]] = arith.cmpi ule, %[[KEY]], %[[LAST]]
// CHECK: arith.select %[[SEEN]]
func.func @tokens(%q: tensor<?x4x8xf32>, %k: tensor<2x100x8xf32>, %p: index,
                  %e: tensor<?x4x8xf32>) -> tensor<?x4x8xf32> {
  %0 = cria.attend %q, %k, %k at %p into %e {scale = 0.5 : f64}
     : tensor<?x4x8xf32>, tensor<2x100x8xf32>, tensor<2x100x8xf32> into tensor<?x4x8xf32>
  return %0 : tensor<?x4x8xf32>
}

// Rows are [token, head, element], the cache is [head, token, element].
// CHECK-LABEL: @kv_append
// CHECK-SAME: %[[P:[a-z0-9]*]]: index, %[[C:[a-z0-9]*]]: tensor<2x32x8xbf16>
// CHECK: tensor.extract_slice %[[C]][0, %[[P]], 0] [2, 4, 8]
// CHECK: linalg.generic {indexing_maps = [#[[TRANSPOSED]],
// CHECK: arith.truncf %{{.*}} : f32 to bf16
// CHECK: tensor.insert_slice %{{.*}} into %[[C]][0, %[[P]], 0] [2, 4, 8]
func.func @kv_append(%r: tensor<4x2x8xf32>, %p: index,
                     %c: tensor<2x32x8xbf16>) -> tensor<2x32x8xbf16> {
  %0 = cria.kv_append %r at %p into %c : tensor<4x2x8xf32> into tensor<2x32x8xbf16>
  return %0 : tensor<2x32x8xbf16>
}

// -----

// CHECK-DAG: #[[OWNMAP:.*]] = affine_map<()[s0] -> (s0 * 4)>
// CHECK-DAG: #[[OTHERMAP:.*]] = affine_map<()[s0] -> (s0 * -4 + 4)>
// CHECK-LABEL: @swiglu
// CHECK: linalg.generic
// CHECK: math.exp
// CHECK: arith.divf
func.func @swiglu(%g: tensor<4x36xf32>, %e: tensor<4x36xf32>) -> tensor<4x36xf32> {
  %0 = cria.swiglu %g, %g into %e : tensor<4x36xf32>, tensor<4x36xf32> into tensor<4x36xf32>
  return %0 : tensor<4x36xf32>
}

// The stream is read through the destination.
// CHECK-LABEL: @residual
// CHECK-SAME: %[[S:[a-z0-9]*]]: tensor<4x36xf32>) ->
// CHECK: linalg.generic {{.*}} outs(%[[S]]
// CHECK-NEXT: ^bb0(%[[BRANCH:.*]]: f32, %[[STREAM:.*]]: f32)
// CHECK-NEXT: arith.addf %[[STREAM]], %[[BRANCH]]
func.func @residual(%b: tensor<4x36xf32>, %x: tensor<4x36xf32>) -> tensor<4x36xf32> {
  %0 = cria.residual %b into %x : tensor<4x36xf32> into tensor<4x36xf32>
  return %0 : tensor<4x36xf32>
}

// First the first elements of all pairs, then the second ones.
// CHECK-LABEL: @rope
// CHECK-SAME: (%[[X:[a-z0-9]*]]: tensor<4x2x8xf32>
// CHECK: scf.for %[[I:.*]] = %c0 to %c2 step %c1 iter_args(%[[OUT:.*]] = %{{.*}})
// CHECK-DAG: %[[OWN:.*]] = affine.apply #[[OWNMAP]]()[%[[I]]]
// CHECK-DAG: %[[OTHER:.*]] = affine.apply #[[OTHERMAP]]()[%[[I]]]
// CHECK-DAG: %[[A:.*]] = tensor.extract_slice %[[X]][0, 0, %[[OWN]]] [4, 2, 4] [1, 1, 1]
// CHECK-DAG: %[[B:.*]] = tensor.extract_slice %[[X]][0, 0, %[[OTHER]]] [4, 2, 4] [1, 1, 1]
// CHECK: %[[MADE:.*]] = linalg.generic {{.*}} ins(%[[A]], %[[B]], %{{.*}}, %{{.*}} :
// CHECK: tensor.insert_slice %[[MADE]] into %[[OUT]][0, 0, %[[OWN]]] [4, 2, 4] [1, 1, 1]
func.func @rope(%x: tensor<4x2x8xf32>, %c: tensor<4x4xf32>,
                %e: tensor<4x2x8xf32>) -> tensor<4x2x8xf32> {
  %0 = cria.rope %x, %c, %c into %e
     : tensor<4x2x8xf32>, tensor<4x4xf32>, tensor<4x4xf32> into tensor<4x2x8xf32>
  return %0 : tensor<4x2x8xf32>
}

// CHECK-LABEL: @interleaved
// CHECK-SAME: (%[[X:[a-z0-9]*]]: tensor<4x2x8xf32>
// CHECK: scf.for %[[I:.*]] = %c0 to %c2
// CHECK: tensor.extract_slice %[[X]][0, 0, %[[I]]] [4, 2, 4] [1, 1, 2]
func.func @interleaved(%x: tensor<4x2x8xf32>, %c: tensor<4x4xf32>,
                       %e: tensor<4x2x8xf32>) -> tensor<4x2x8xf32> {
  %0 = cria.rope %x, %c, %c into %e {pairing = 1 : i32}
     : tensor<4x2x8xf32>, tensor<4x4xf32>, tensor<4x4xf32> into tensor<4x2x8xf32>
  return %0 : tensor<4x2x8xf32>
}
