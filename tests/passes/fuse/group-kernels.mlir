// RUN: cria-opt %s --cria-group-kernels | FileCheck %s

// CHECK-LABEL: @each_op
func.func @each_op(%x: tensor<4x24xf32>, %e: tensor<4x24xf32>) -> tensor<4x24xf32> {
  // CHECK-NEXT: %[[N:.*]] = cria.kernel "rms_norm" -> tensor<4x24xf32> {
  // CHECK-NEXT:   %[[NORM:.*]] = cria.rms_norm
  // CHECK-NEXT:   cria.yield %[[NORM]]
  // CHECK-NEXT: }
  %n = cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
  // CHECK-NEXT: %[[Y:.*]] = cria.kernel "residual" -> tensor<4x24xf32> {
  // CHECK-NEXT:   cria.residual %[[N]] into
  // CHECK: }
  %y = cria.residual %n into %x : tensor<4x24xf32> into tensor<4x24xf32>
  // CHECK: return %[[Y]]
  return %y : tensor<4x24xf32>
}

// Ops that a fusion has put into a kernel stay there.
// CHECK-LABEL: @fused
// CHECK-COUNT-1: cria.kernel
// CHECK-NOT: cria.kernel
// CHECK: return
func.func @fused(%x: tensor<4x24xf32>, %e: tensor<4x24xf32>) -> tensor<4x24xf32> {
  %y = cria.kernel "norm_residual" -> tensor<4x24xf32> {
    %n = cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
    %s = cria.residual %n into %x : tensor<4x24xf32> into tensor<4x24xf32>
    cria.yield %s : tensor<4x24xf32>
  }
  return %y : tensor<4x24xf32>
}

// An op in a loop gets its kernel in the loop; both results of a rotary table leave its kernel.
// CHECK-LABEL: @in_a_loop
func.func @in_a_loop(%n: index, %x: tensor<4x24xf32>, %b: tensor<4x24xf32>,
                     %c: tensor<4x8xf32>) -> (tensor<4x24xf32>, tensor<4x8xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // CHECK: %[[T:.*]]:2 = cria.kernel "rotary_table" -> tensor<4x8xf32>, tensor<4x8xf32> {
  // CHECK-NEXT: %[[R:.*]]:2 = cria.rotary_table
  // CHECK-NEXT: cria.yield %[[R]]#0, %[[R]]#1
  %cos, %sin = cria.rotary_table %n into %c, %c
      {theta = 1.0e4 : f64, scaling = #cria.rope_scaling<none>} : tensor<4x8xf32>, tensor<4x8xf32>
  // CHECK: scf.for
  // CHECK-NEXT: cria.kernel "residual"
  %y = scf.for %i = %c0 to %n step %c1 iter_args(%s = %x) -> tensor<4x24xf32> {
    %next = cria.residual %b into %s : tensor<4x24xf32> into tensor<4x24xf32>
    scf.yield %next : tensor<4x24xf32>
  }
  return %y, %sin : tensor<4x24xf32>, tensor<4x8xf32>
}

// Only computing ops get a kernel; reads of the weight table and reshapes do not.
// CHECK-LABEL: @no_work
// CHECK-NOT: cria.kernel
cria.param @w "w" : tensor<24xf32>
func.func @no_work(%t: !cria.weights) -> tensor<4x6xf32> {
  %w = cria.weight %t, @w : tensor<24xf32>
  %r = tensor.expand_shape %w [[0, 1]] output_shape [4, 6] : tensor<24xf32> into tensor<4x6xf32>
  return %r : tensor<4x6xf32>
}
