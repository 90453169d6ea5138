// RUN: cria-opt %s --cria-separate-inits | FileCheck %s
// RUN: cria-opt %s --cria-separate-inits --one-shot-bufferize=bufferize-function-boundaries --canonicalize \
// RUN:   | FileCheck %s --check-prefix=COPIES --implicit-check-not=memref.copy

#each = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>

// Two sums that start from zeros of one shape, the second in a loop.
// COPIES-LABEL: @sums
// COPIES: linalg.fill
// COPIES: scf.for
// COPIES: linalg.fill

// CHECK-LABEL: @sums
// CHECK: %[[EMPTY:.*]] = tensor.empty
// CHECK: %[[FIRST:.*]] = linalg.fill {{.*}} outs(%[[EMPTY]]
// CHECK: linalg.generic {{.*}} outs(%[[FIRST]]
// CHECK: scf.for
// CHECK: %[[OTHER:.*]] = tensor.empty
// CHECK: %[[SECOND:.*]] = linalg.fill {{.*}} outs(%[[OTHER]]
// CHECK: linalg.generic {{.*}} outs(%[[SECOND]]
func.func @sums(%x: tensor<4x8xf32>, %n: index) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<4xf32>
  %start = linalg.fill ins(%zero : f32) outs(%empty : tensor<4xf32>) -> tensor<4xf32>
  %a = linalg.generic {indexing_maps = [#each, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<4x8xf32>) outs(%start : tensor<4xf32>) {
  ^bb0(%in: f32, %sum: f32):
    %0 = arith.addf %sum, %in : f32
    linalg.yield %0 : f32
  } -> tensor<4xf32>
  %first = tensor.extract %a[%c1] : tensor<4xf32>
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%carried = %first) -> f32 {
    %b = linalg.generic {indexing_maps = [#each, #row], iterator_types = ["parallel", "reduction"]}
        ins(%x : tensor<4x8xf32>) outs(%start : tensor<4xf32>) {
    ^bb0(%in: f32, %sum: f32):
      %0 = arith.maximumf %sum, %in : f32
      linalg.yield %0 : f32
    } -> tensor<4xf32>
    %y = tensor.extract %b[%c1] : tensor<4xf32>
    %next = arith.addf %carried, %y : f32
    scf.yield %next : f32
  }
  return %r : f32
}

// What a kernel keeps for itself does not become what it yields.
// CHECK-LABEL: @empties
// CHECK: %[[KEPT:.*]] = tensor.empty
// CHECK: linalg.generic {{.*}} outs(%[[KEPT]]
// CHECK: %[[YIELDED:.*]] = tensor.empty
// CHECK: linalg.generic {{.*}} outs(%[[YIELDED]]
// COPIES-LABEL: @empties
// COPIES: linalg.generic {{.*}} outs(%[[KEPT:.*]] : memref<4x8xf32>)
// COPIES-NOT: outs(%[[KEPT]] :
func.func @empties(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %empty = tensor.empty() : tensor<4x8xf32>
  %kept = linalg.generic {indexing_maps = [#each, #each], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x8xf32>) outs(%empty : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.mulf %in, %in : f32
    linalg.yield %0 : f32
  } -> tensor<4x8xf32>
  %yielded = linalg.generic {indexing_maps = [#each, #each], iterator_types = ["parallel", "parallel"]}
      ins(%kept : tensor<4x8xf32>) outs(%empty : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.addf %in, %in : f32
    linalg.yield %0 : f32
  } -> tensor<4x8xf32>
  return %yielded : tensor<4x8xf32>
}
