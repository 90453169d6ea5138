// RUN: cria-opt %s --cria-expand-blocks --canonicalize --cse | FileCheck %s

#id = affine_map<(k) -> (k)>

// A row that is only widened: no product. 4 bits are two halves of 16 bytes.
// CHECK-LABEL: @row
// CHECK: cria.bytes %{{.*}} : memref<64x!cria.block<q4_0>>
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
// CHECK: cria.bytes %{{.*}} : memref<?x64x!cria.block<q8>>
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
// CHECK: %[[Q:.*]] = cria.bytes %{{.*}} : memref<3x64x!cria.block<q8_0>>
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
