// RUN: cria-opt %s --cria-inline-kernels | FileCheck %s

// CHECK-LABEL: @inline
// CHECK-SAME: (%[[X:.*]]: tensor<4x24xf32>, %[[E:.*]]: tensor<4x24xf32>)
// CHECK-NEXT: %[[N:.*]] = cria.rms_norm %[[X]] into %[[E]]
// CHECK-NEXT: %[[S:.*]] = cria.swiglu %[[N]], %[[X]] into %[[E]]
// CHECK-NEXT: %[[Y:.*]] = cria.residual %[[S]] into %[[N]]
// CHECK-NEXT: return %[[Y]], %[[X]]
func.func @inline(%x: tensor<4x24xf32>, %e: tensor<4x24xf32>)
    -> (tensor<4x24xf32>, tensor<4x24xf32>) {
  %0:2 = cria.kernel "norm_swiglu" -> tensor<4x24xf32>, tensor<4x24xf32> {
    %n = cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
    %s = cria.swiglu %n, %x into %e
       : tensor<4x24xf32>, tensor<4x24xf32> into tensor<4x24xf32>
    cria.yield %s, %n : tensor<4x24xf32>, tensor<4x24xf32>
  }
  %1:2 = cria.kernel "residual" -> tensor<4x24xf32>, tensor<4x24xf32> {
    %y = cria.residual %0#0 into %0#1 : tensor<4x24xf32> into tensor<4x24xf32>
    cria.yield %y, %x : tensor<4x24xf32>, tensor<4x24xf32>
  }
  return %1#0, %1#1 : tensor<4x24xf32>, tensor<4x24xf32>
}

// CHECK-LABEL: @in_a_loop
// CHECK: scf.forall
// CHECK-NEXT: cria.residual
// CHECK-NOT: cria.kernel
// CHECK: return
func.func @in_a_loop(%b: memref<4x24xf32>, %x: memref<4x24xf32>) {
  scf.forall (%i) in (1) {
    cria.kernel "residual" {
      cria.residual %b into %x : memref<4x24xf32> into memref<4x24xf32>
    }
  }
  cria.kernel "nothing" {
  }
  return
}
