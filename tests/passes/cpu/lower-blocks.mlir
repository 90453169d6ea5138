// RUN: cria-opt %s --cria-lower-products --cria-lower-blocks --canonicalize --cse | FileCheck %s

#id = affine_map<(k) -> (k)>
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

// A row that is only widened: no product. 4 bits are two halves of 16 bytes.
// CHECK-LABEL: @row
// CHECK-SAME: memref<36xi8>
// CHECK: scf.for %[[K:.*]] = %c0 to %c64 step %c32
// CHECK: vector.load {{.*}} vector<16xi8>
// CHECK: vector.shuffle
// CHECK: vector.store {{.*}} vector<32xf32>
// CHECK-NOT: linalg.generic
func.func @row(%blocks: memref<64x!cria.block<q4_0>>, %out: memref<64xf32>) {
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%blocks : memref<64x!cria.block<q4_0>>) outs(%out : memref<64xf32>) {
  ^bb0(%b: !cria.block<q4_0>, %old: f32):
    %wide = cria.widen %b : !cria.block<q4_0>
    linalg.yield %wide : f32
  }
  return
}

// Tokens are rounded by groups: the greatest magnitude, the scale, and the integers.
// CHECK-LABEL: @quantize
// CHECK-SAME: memref<?x64xf32>
// CHECK: memref.alloc(%{{.*}}) : memref<?x80xi8>
// CHECK: scf.for
// CHECK: scf.for %[[K:.*]] = %c0 to %c64 step %c32
// CHECK: vector.load {{.*}} vector<32xf32>
// CHECK: vector.reduction <maxui>
// CHECK: math.roundeven
// CHECK: vector.reduction <add>
// CHECK-COUNT-2: vector.store {{.*}} vector<4xi8>
// CHECK: vector.store {{.*}} vector<32xi8>
func.func @quantize(%x: memref<?x64xf32>) {
  %c0 = arith.constant 0 : index
  %rows = memref.dim %x, %c0 : memref<?x64xf32>
  %q = memref.alloc(%rows) : memref<?x64x!cria.block<q8>>
  cria.quantize %x into %q : memref<?x64xf32> into memref<?x64x!cria.block<q8>>
  return
}

// Rows of a cache: the scale is f16, and there is no sum.
// CHECK-LABEL: @quantize_cache
// CHECK-SAME: %{{.*}}: memref<3x64xf32>, %[[Q:.*]]: memref<3x68xi8>
// CHECK: vector.reduction <maxui>
// CHECK: %[[D:.*]] = arith.divf
// CHECK: arith.truncf %[[D]] : f32 to f16
// CHECK: vector.store {{.*}} vector<2xi8>
// CHECK: math.roundeven
// CHECK-NOT: vector.reduction
// CHECK: vector.store {{.*}}%[[Q]]{{.*}} vector<32xi8>
func.func @quantize_cache(%x: memref<3x64xf32>, %q: memref<3x64x!cria.block<q8_0>>) {
  cria.quantize %x into %q : memref<3x64xf32> into memref<3x64x!cria.block<q8_0>>
  return
}
