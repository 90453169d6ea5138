// RUN: cria-opt %s --cria-apply-gains --cria-decompose-ops --canonicalize --cse | FileCheck %s

module attributes {dlti.target_system_spec = #dlti.target_system_spec<"GPU" =
    #dlti.target_device_spec<"vector_bits" = 1024 : i64>>} {
  // One token is scaled once; of a prompt each product is.
  // CHECK-LABEL: @one(
  // CHECK: %[[SCALED:.*]] = linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<1x24xf32>, tensor<24xf32>)
  // CHECK: linalg.generic {{.*}} ins(%[[SCALED]], %{{.*}} : tensor<1x24xf32>, tensor<36x24xf32>)
  func.func @one(%x: tensor<1x24xf32>, %g: tensor<24xf32>, %w: tensor<36x24xf32>, %o: tensor<1x36xf32>) -> tensor<1x36xf32> {
    %0 = cria.linear %x, %w gain %g into %o : tensor<1x24xf32>, tensor<36x24xf32> gain tensor<24xf32> into tensor<1x36xf32>
    return %0 : tensor<1x36xf32>
  }
  // CHECK-LABEL: @prompt(
  // CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}}, %{{.*}} : tensor<?x24xf32>, tensor<36x24xf32>, tensor<24xf32>)
  // CHECK: %[[FACTOR:.*]] = arith.mulf
  // CHECK: arith.mulf %[[FACTOR]]
  func.func @prompt(%x: tensor<?x24xf32>, %g: tensor<24xf32>, %w: tensor<36x24xf32>, %o: tensor<?x36xf32>) -> tensor<?x36xf32> {
    %0 = cria.linear %x, %w gain %g into %o : tensor<?x24xf32>, tensor<36x24xf32> gain tensor<24xf32> into tensor<?x36xf32>
    return %0 : tensor<?x36xf32>
  }
}
