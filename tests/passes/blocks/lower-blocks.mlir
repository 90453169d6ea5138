// RUN: cria-opt %s --cria-lower-products --cria-lower-blocks --canonicalize --cse | FileCheck %s

#lhs = affine_map<(t, n, k) -> (t, k)>
#rhs = affine_map<(t, n, k) -> (n, k)>
#out = affine_map<(t, n, k) -> (t, n)>

cria.param @w "w" : tensor<8x64x!cria.block<q8_0>>

// A slice of whole rows is one of bytes, 34 for 32 elements; a group of 32 is read at a time: its
// scale, then its bytes.
// CHECK-LABEL: @product
// CHECK: cria.weight %{{.*}}, @w : memref<8x68xi8>
// CHECK: memref.subview %{{.*}}[4, 0] [4, 68] [1, 1] : memref<8x68xi8> to memref<4x68xi8, strided<[68, 1], offset: 272>>
// CHECK: scf.for %{{.*}} = %c0 to %c64 step %c32
// CHECK: vector.load {{.*}} vector<2xi8>
// CHECK: vector.bitcast {{.*}} vector<2xi8> to vector<1xf16>
// CHECK: vector.load {{.*}} vector<32xi8>
// CHECK: arith.sitofp {{.*}} vector<32xi8> to vector<32xf32>
// CHECK: vector.reduction <add>
// CHECK-NOT: linalg.generic
func.func @product(%weights: !cria.weights, %x: memref<1x64xf32>, %y: memref<1x4xf32>) {
  %all = cria.weight %weights, @w : memref<8x64x!cria.block<q8_0>>
  %w = memref.subview %all[4, 0] [4, 64] [1, 1] : memref<8x64x!cria.block<q8_0>> to memref<4x64x!cria.block<q8_0>, strided<[64, 1], offset: 256>>
  linalg.generic {indexing_maps = [#lhs, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<1x64xf32>, memref<4x64x!cria.block<q8_0>, strided<[64, 1], offset: 256>>) outs(%y : memref<1x4xf32>) {
  ^bb0(%a: f32, %b: !cria.block<q8_0>, %sum: f32):
    %wide = cria.widen %b : !cria.block<q8_0>
    %p = arith.mulf %a, %wide fastmath<reassoc,contract> : f32
    %s = arith.addf %sum, %p fastmath<reassoc,contract> : f32
    linalg.yield %s : f32
  }
  return
}

// What is lowered later sees its blocks as a cast of the bytes.
// CHECK-LABEL: @later
// CHECK-SAME: %{{.*}}: memref<2x64xf32>, %[[Q:.*]]: memref<4x68xi8>
// CHECK: %[[SLICE:.*]] = memref.subview %[[Q]][1, 0] [2, 68] [1, 1]
// CHECK: %[[BLOCKS:.*]] = builtin.unrealized_conversion_cast %[[SLICE]] : {{.*}} to memref<2x64x!cria.block<q8_0>
// CHECK: cria.quantize %{{.*}} into %[[BLOCKS]]
func.func @later(%x: memref<2x64xf32>, %q: memref<4x64x!cria.block<q8_0>>) {
  %rows = memref.subview %q[1, 0] [2, 64] [1, 1] : memref<4x64x!cria.block<q8_0>> to memref<2x64x!cria.block<q8_0>, strided<[64, 1], offset: 64>>
  cria.quantize %x into %rows : memref<2x64xf32> into memref<2x64x!cria.block<q8_0>, strided<[64, 1], offset: 64>>
  return
}

// Packed rows are eight to a row of bytes.
// CHECK-LABEL: @packed
// CHECK-SAME: %[[ALL:.*]]: memref<2x544xi8>, %[[ROW:.*]]: index
// CHECK: %[[EIGHT:.*]] = affine.apply {{.*}}[%[[ROW]]]
// CHECK: memref.subview %[[ALL]][%[[EIGHT]], 0] [1, 544] [1, 1] : memref<2x544xi8> to memref<1x544xi8, strided<[544, 1], offset: ?>>
!packed = memref<16x64x!cria.block<q8_0, packed>>
!slice = memref<8x64x!cria.block<q8_0, packed>, strided<[64, 1], offset: ?>>
func.func @packed(%all: !packed, %row: index) -> memref<1x544xi8, strided<[544, 1], offset: ?>> {
  %rows = memref.subview %all[%row, 0] [8, 64] [1, 1] : !packed to !slice
  %bytes = cria.bytes %rows : !slice
  return %bytes : memref<1x544xi8, strided<[544, 1], offset: ?>>
}
