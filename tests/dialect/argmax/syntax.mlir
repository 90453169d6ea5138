// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

// CHECK-LABEL: @tensors
func.func @tensors(%logits: tensor<1x1024xf32>, %e: tensor<1x4xf32>, %f: tensor<1x4xi32>,
                   %g: tensor<1x1xf32>, %h: tensor<1x1xi32>) -> tensor<1x1xi32> {
  // CHECK: %[[PARTS:.*]]:2 = cria.argmax %{{.*}} into %{{.*}}, %{{.*}} : tensor<1x1024xf32> into tensor<1x4xf32>, tensor<1x4xi32>
  %b, %i = cria.argmax %logits into %e, %f
         : tensor<1x1024xf32> into tensor<1x4xf32>, tensor<1x4xi32>
  // CHECK: cria.argmax %[[PARTS]]#0 at %[[PARTS]]#1 into %{{.*}}, %{{.*}} {stride = 256 : i64} : tensor<1x4xf32> at tensor<1x4xi32> into tensor<1x1xf32>, tensor<1x1xi32>
  %best, %token = cria.argmax %b at %i into %g, %h {stride = 256 : i64}
         : tensor<1x4xf32> at tensor<1x4xi32> into tensor<1x1xf32>, tensor<1x1xi32>
  return %token : tensor<1x1xi32>
}

// CHECK-LABEL: @buffers
func.func @buffers(%x: memref<3x12xf32>, %e: memref<3x2xf32>, %f: memref<3x2xi32>) {
  // CHECK: {{^ *}}cria.argmax %{{.*}} into %{{.*}}, %{{.*}} : memref<3x12xf32> into memref<3x2xf32>, memref<3x2xi32>
  cria.argmax %x into %e, %f : memref<3x12xf32> into memref<3x2xf32>, memref<3x2xi32>
  return
}
