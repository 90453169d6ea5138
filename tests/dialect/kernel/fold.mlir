// RUN: cria-opt %s --canonicalize --cse | FileCheck %s

// CHECK-LABEL: @dead
// CHECK-NEXT: return
func.func @dead(%x: tensor<4x24xf32>, %e: tensor<4x24xf32>) {
  %0 = cria.kernel "dead" -> tensor<4x24xf32> {
    %n = cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
    cria.yield %n : tensor<4x24xf32>
  }
  return
}

// CHECK-LABEL: @equal
// CHECK: %[[X:.*]] = cria.kernel "a"
// CHECK-NOT: cria.kernel
// CHECK: return %[[X]], %[[X]]
func.func @equal(%x: tensor<4x24xf32>, %e: tensor<4x24xf32>)
    -> (tensor<4x24xf32>, tensor<4x24xf32>) {
  %0 = cria.kernel "a" -> tensor<4x24xf32> {
    %n = cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
    cria.yield %n : tensor<4x24xf32>
  }
  %1 = cria.kernel "a" -> tensor<4x24xf32> {
    %n = cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
    cria.yield %n : tensor<4x24xf32>
  }
  return %0, %1 : tensor<4x24xf32>, tensor<4x24xf32>
}

// Only the used result remains, with the ops that it depends on.
// CHECK-LABEL: @unused_result
// CHECK-NEXT: %[[S:.*]] = cria.kernel "two" -> tensor<4x24xf32> attributes {stage = 1 : i64} {
// CHECK-NEXT: %[[Y:.*]] = cria.swiglu
// CHECK-NEXT: cria.yield %[[Y]] : tensor<4x24xf32>
// CHECK-NEXT: }
// CHECK-NEXT: return %[[S]]
func.func @unused_result(%x: tensor<4x24xf32>, %e: tensor<4x24xf32>) -> tensor<4x24xf32> {
  %0:2 = cria.kernel "two" -> tensor<4x24xf32>, tensor<4x24xf32> attributes {stage = 1} {
    %n = cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
    %s = cria.swiglu %x, %x into %e
       : tensor<4x24xf32>, tensor<4x24xf32> into tensor<4x24xf32>
    cria.yield %n, %s : tensor<4x24xf32>, tensor<4x24xf32>
  }
  return %0#1 : tensor<4x24xf32>
}

// A value that only passes through does not cross the boundary.
// CHECK-LABEL: @passed_through
// CHECK-SAME: (%[[X:.*]]: tensor<4x24xf32>, %{{.*}}: tensor<4x24xf32>)
// CHECK-NEXT: %[[N:.*]] = cria.kernel "norm" -> tensor<4x24xf32> {
// CHECK: return %[[X]], %[[N]]
func.func @passed_through(%x: tensor<4x24xf32>, %e: tensor<4x24xf32>)
    -> (tensor<4x24xf32>, tensor<4x24xf32>) {
  %0:2 = cria.kernel "norm" -> tensor<4x24xf32>, tensor<4x24xf32> {
    %n = cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
    cria.yield %x, %n : tensor<4x24xf32>, tensor<4x24xf32>
  }
  return %0#0, %0#1 : tensor<4x24xf32>, tensor<4x24xf32>
}

// CHECK-LABEL: @buffers
// CHECK-COUNT-2: cria.residual
func.func @buffers(%b: memref<4x24xf32>, %x: memref<4x24xf32>) {
  cria.kernel "a" {
    cria.residual %b into %x : memref<4x24xf32> into memref<4x24xf32>
  }
  cria.kernel "a" {
    cria.residual %b into %x : memref<4x24xf32> into memref<4x24xf32>
  }
  return
}
