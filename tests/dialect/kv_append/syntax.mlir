// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

// CHECK-LABEL: @tensors
func.func @tensors(%rows: tensor<4x2x64xf32>, %position: index,
                   %cache: tensor<2x512x64xbf16>) -> tensor<2x512x64xbf16> {
  // CHECK: cria.kv_append %{{.*}} at %{{.*}} into %{{.*}} : tensor<4x2x64xf32> into tensor<2x512x64xbf16>
  %k = cria.kv_append %rows at %position into %cache
     : tensor<4x2x64xf32> into tensor<2x512x64xbf16>
  return %k : tensor<2x512x64xbf16>
}

// A step may fill the whole cache.
// CHECK-LABEL: @buffers
func.func @buffers(%rows: memref<3x2x8xf32>, %position: index, %cache: memref<2x3x8xf32>) {
  // CHECK: {{^ *}}cria.kv_append %{{.*}} at %{{.*}} into %{{.*}} : memref<3x2x8xf32> into memref<2x3x8xf32>
  cria.kv_append %rows at %position into %cache : memref<3x2x8xf32> into memref<2x3x8xf32>
  return
}

// Rows of a cache in blocks are whole blocks.
// CHECK-LABEL: @blocks
func.func @blocks(%rows: tensor<4x2x64xf32>, %position: index,
                  %cache: tensor<2x512x64x!cria.block<q8_0>>) -> tensor<2x512x64x!cria.block<q8_0>> {
  // CHECK: cria.kv_append %{{.*}} at %{{.*}} into %{{.*}} : tensor<4x2x64xf32> into tensor<2x512x64x!cria.block<q8_0>>
  %k = cria.kv_append %rows at %position into %cache
     : tensor<4x2x64xf32> into tensor<2x512x64x!cria.block<q8_0>>
  return %k : tensor<2x512x64x!cria.block<q8_0>>
}
