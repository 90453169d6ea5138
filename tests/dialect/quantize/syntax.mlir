// RUN: cria-opt %s | cria-opt | FileCheck %s

// CHECK-LABEL: @tokens
// CHECK: cria.quantize %{{.*}} into %{{.*}} : tensor<?x64xf32> into tensor<?x64x!cria.block<q8>>
func.func @tokens(%x: tensor<?x64xf32>, %e: tensor<?x64x!cria.block<q8>>) -> tensor<?x64x!cria.block<q8>> {
  %0 = cria.quantize %x into %e : tensor<?x64xf32> into tensor<?x64x!cria.block<q8>>
  return %0 : tensor<?x64x!cria.block<q8>>
}

// CHECK-LABEL: @buffers
// CHECK: cria.quantize %{{.*}} into %{{.*}} : memref<1x64xf32> into memref<1x64x!cria.block<q8>>
func.func @buffers(%x: memref<1x64xf32>, %e: memref<1x64x!cria.block<q8>>) {
  cria.quantize %x into %e : memref<1x64xf32> into memref<1x64x!cria.block<q8>>
  return
}

// CHECK-LABEL: @example
func.func @example(%x: tensor<4x128xf32>, %e: tensor<4x128x!cria.block<q8>>) -> tensor<4x128x!cria.block<q8>> {
  // CHECK: cria.quantize %{{.*}} into %{{.*}} : tensor<4x128xf32> into tensor<4x128x!cria.block<q8>>
  %q = cria.quantize %x into %e : tensor<4x128xf32> into tensor<4x128x!cria.block<q8>>
  return %q : tensor<4x128x!cria.block<q8>>
}

// CHECK-LABEL: @cache
func.func @cache(%x: tensor<?x64xf32>, %e: tensor<?x64x!cria.block<q8_0>>) -> tensor<?x64x!cria.block<q8_0>> {
  // CHECK: cria.quantize %{{.*}} into %{{.*}} : tensor<?x64xf32> into tensor<?x64x!cria.block<q8_0>>
  %0 = cria.quantize %x into %e : tensor<?x64xf32> into tensor<?x64x!cria.block<q8_0>>
  return %0 : tensor<?x64x!cria.block<q8_0>>
}
