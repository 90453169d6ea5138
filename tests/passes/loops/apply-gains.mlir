// RUN: cria-opt %s --cria-apply-gains --cse | FileCheck %s

// Two linears of one row and one gain share the product.
// CHECK-LABEL: @one_token
// CHECK-SAME: %[[X:[a-z0-9]*]]: tensor<1x24xf32>, %[[G:[a-z0-9]*]]: tensor<24xbf16>
// CHECK: cria.kernel
// CHECK: %[[Y:.*]] = linalg.generic {{.*}} ins(%[[X]], %[[G]] : tensor<1x24xf32>, tensor<24xbf16>)
// CHECK:   %[[WIDE:.*]] = arith.extf
// CHECK:   arith.mulf %{{.*}}, %[[WIDE]]
// CHECK-NOT: linalg.generic
// CHECK: cria.linear %[[Y]], %{{[a-z0-9]*}} scale %{{.*}} into
// CHECK: cria.linear %[[Y]], %{{[a-z0-9]*}} into
func.func @one_token(%x: tensor<1x24xf32>, %g: tensor<24xbf16>, %w: tensor<36x24xbf16>, %s: tensor<1xf32>,
                     %e: tensor<1x36xf32>) -> (tensor<1x36xf32>, tensor<1x36xf32>) {
  %y:2 = cria.kernel "linear" -> tensor<1x36xf32>, tensor<1x36xf32> {
    %0 = cria.linear %x, %w gain %g scale %s into %e
       : tensor<1x24xf32>, tensor<36x24xbf16> gain tensor<24xbf16> scale tensor<1xf32> into tensor<1x36xf32>
    %1 = cria.linear %x, %w gain %g into %e
       : tensor<1x24xf32>, tensor<36x24xbf16> gain tensor<24xbf16> into tensor<1x36xf32>
    cria.yield %0, %1 : tensor<1x36xf32>, tensor<1x36xf32>
  }
  return %y#0, %y#1 : tensor<1x36xf32>, tensor<1x36xf32>
}

// Several tokens are scaled once too; without a gain there is nothing to do.
// CHECK-LABEL: @others
// CHECK-SAME: (%[[X:.*]]: tensor<2x24xf32>, %[[G:.*]]: tensor<24xbf16>, {{.*}}, %[[Z:[a-z0-9]+]]: tensor<1x24xf32>
// CHECK: %[[SCALED:.*]] = linalg.generic {{.*}} ins(%[[X]], %[[G]] :
// CHECK: cria.linear %[[SCALED]], %{{.*}} into
// CHECK-NOT: linalg.generic
// CHECK: cria.linear %[[Z]],
func.func @others(%x: tensor<2x24xf32>, %g: tensor<24xbf16>, %w: tensor<36x24xbf16>, %e: tensor<2x36xf32>,
                  %z: tensor<1x24xf32>, %f: tensor<1x36xf32>) -> (tensor<2x36xf32>, tensor<1x36xf32>) {
  %0 = cria.linear %x, %w gain %g into %e
     : tensor<2x24xf32>, tensor<36x24xbf16> gain tensor<24xbf16> into tensor<2x36xf32>
  %1 = cria.linear %z, %w into %f : tensor<1x24xf32>, tensor<36x24xbf16> into tensor<1x36xf32>
  return %0, %1 : tensor<2x36xf32>, tensor<1x36xf32>
}
