// RUN: cria-opt %s | cria-opt | FileCheck %s

// CHECK-LABEL: @type
// CHECK-SAME: tensor<2048x2048x!cria.block<q8_0>>
// CHECK-SAME: tensor<4x512x!cria.block<q4_k>>
// CHECK-SAME: tensor<8x512x!cria.block<q4_k, packed>>
func.func @type(%a: tensor<2048x2048x!cria.block<q8_0>>, %b: tensor<4x512x!cria.block<q4_k>>,
                %c: tensor<8x512x!cria.block<q4_k, packed>>) {
  return
}

// CHECK-LABEL: @bytes
func.func @bytes(%blocks: memref<256x64x!cria.block<q8_0>>) -> memref<256x68xi8> {
  // CHECK: cria.bytes %{{.*}} : memref<256x64x!cria.block<q8_0>>
  %bytes = cria.bytes %blocks : memref<256x64x!cria.block<q8_0>>
  return %bytes : memref<256x68xi8>
}

// CHECK-LABEL: @packed_bytes
func.func @packed_bytes(%blocks: memref<256x64x!cria.block<q8_0, packed>>) -> memref<32x544xi8> {
  // CHECK: cria.bytes %{{.*}} : memref<256x64x!cria.block<q8_0, packed>>
  %bytes = cria.bytes %blocks : memref<256x64x!cria.block<q8_0, packed>>
  return %bytes : memref<32x544xi8>
}

// CHECK-LABEL: @widen
func.func @widen(%row: tensor<64x!cria.block<q8_0>>, %out: tensor<64xf32>) -> tensor<64xf32> {
  %0 = linalg.generic {indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> (k)>],
                       iterator_types = ["parallel"]}
      ins(%row : tensor<64x!cria.block<q8_0>>) outs(%out : tensor<64xf32>) {
  ^bb0(%element: !cria.block<q8_0>, %old: f32):
    // CHECK: cria.widen %{{.*}} : <q8_0>
    %value = cria.widen %element : !cria.block<q8_0>
    linalg.yield %value : f32
  } -> tensor<64xf32>
  return %0 : tensor<64xf32>
}
