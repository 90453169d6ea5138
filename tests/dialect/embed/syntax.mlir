// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

// CHECK-LABEL: @tensors
func.func @tensors(%tokens: tensor<4xi32>, %table: tensor<1024x128xbf16>,
                   %e: tensor<4x128xf32>) -> tensor<4x128xf32> {
  // CHECK: %[[X:.*]] = cria.embed %{{.*}}, %{{.*}} into %{{.*}} : tensor<4xi32>, tensor<1024x128xbf16> into tensor<4x128xf32>
  %x = cria.embed %tokens, %table into %e
     : tensor<4xi32>, tensor<1024x128xbf16> into tensor<4x128xf32>
  // CHECK: return %[[X]]
  return %x : tensor<4x128xf32>
}

// CHECK-LABEL: @buffers
func.func @buffers(%tokens: memref<1xi32>, %table: memref<80x24xf16>, %e: memref<1x24xf32>) {
  // CHECK: {{^ *}}cria.embed %{{.*}}, %{{.*}} into %{{.*}} : memref<1xi32>, memref<80x24xf16> into memref<1x24xf32>
  cria.embed %tokens, %table into %e : memref<1xi32>, memref<80x24xf16> into memref<1x24xf32>
  return
}

// A partial last tile has a dynamic size.
// CHECK-LABEL: @dynamic
func.func @dynamic(%tokens: tensor<?xi32>, %table: tensor<80x24xf32>,
                   %e: tensor<?x24xf32>) -> tensor<?x24xf32> {
  // CHECK: cria.embed {{.*}} : tensor<?xi32>, tensor<80x24xf32> into tensor<?x24xf32>
  %x = cria.embed %tokens, %table into %e
     : tensor<?xi32>, tensor<80x24xf32> into tensor<?x24xf32>
  return %x : tensor<?x24xf32>
}
