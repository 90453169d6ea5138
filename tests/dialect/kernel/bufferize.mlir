// RUN: cria-opt %s --one-shot-bufferize="bufferize-function-boundaries=true function-boundary-type-conversion=identity-layout-map" --canonicalize | FileCheck %s

// A kernel stays a kernel. What it updates in place is no result of it any more; what it makes is
// memory of its own, until `cria-plan-workspace`.
// CHECK-LABEL: func.func @in_place(
// CHECK-SAME: %[[X:.*]]: memref<4x8xf32>, %[[S:.*]]: memref<4x8xf32>)
// CHECK: %[[N:.*]] = cria.kernel "norm" -> memref<4x8xf32> {
// CHECK: memref.alloc
// CHECK: cria.yield
// CHECK: cria.kernel "residual" {
// CHECK-NEXT: cria.residual %[[N]] into %[[S]]
// CHECK-NOT: memref.copy
// CHECK: return %[[S]]
func.func @in_place(%x: tensor<4x8xf32>, %s: tensor<4x8xf32> {bufferization.writable = true})
    -> tensor<4x8xf32> {
  %n = cria.kernel "norm" -> tensor<4x8xf32> {
    %e = tensor.empty() : tensor<4x8xf32>
    %0 = cria.rms_norm %x into %e {eps = 0.0 : f64} : tensor<4x8xf32> into tensor<4x8xf32>
    cria.yield %0 : tensor<4x8xf32>
  }
  %y = cria.kernel "residual" -> tensor<4x8xf32> {
    %0 = cria.residual %n into %s : tensor<4x8xf32> into tensor<4x8xf32>
    cria.yield %0 : tensor<4x8xf32>
  }
  return %y : tensor<4x8xf32>
}
