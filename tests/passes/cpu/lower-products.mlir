// RUN: cria-opt %s --cria-lower-products --canonicalize --cse | FileCheck %s

#lhs = affine_map<(t, n, k) -> (t, k)>
#rhs = affine_map<(t, n, k) -> (n, k)>
#columns = affine_map<(t, n, k) -> (k, n)>
#out = affine_map<(t, n, k) -> (t, n)>

// One row: the rows of the weight are read in four streams, of two rows here, with two vectors of
// sums each (128 bits without a description), which are added up at their end.
// CHECK-LABEL: @one_row
// CHECK-SAME: %[[W:[a-z0-9]+]]: memref<8x64xbf16>
// CHECK: scf.for %[[N:.*]] = %c0 to %c2 step %c1
// CHECK-DAG: %[[SECOND:.*]] = arith.addi %[[N]], %c2
// CHECK-DAG: %[[LAST:.*]] = arith.addi %[[N]], %c6
// CHECK: scf.for %[[K:.*]] = %c0 to %c64 step %c8
// CHECK-COUNT-2: vector.transfer_read %[[W]][%[[N]], %{{.*}}], {{.*}} : memref<8x64xbf16>, vector<4xbf16>
// CHECK-COUNT-2: vector.transfer_read %[[W]][%[[SECOND]], %{{.*}}], {{.*}} : memref<8x64xbf16>, vector<4xbf16>
// CHECK: vector.transfer_read %[[W]][%[[LAST]],
// CHECK-COUNT-4: vector.reduction <add>
// CHECK-NOT: linalg.generic
func.func @one_row(%x: memref<1x64xf32>, %w: memref<8x64xbf16>, %y: memref<1x8xf32>) {
  linalg.generic {indexing_maps = [#lhs, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<1x64xf32>, memref<8x64xbf16>) outs(%y : memref<1x8xf32>) {
  ^bb0(%a: f32, %b: bf16, %sum: f32):
    %wide = arith.extf %b : bf16 to f32
    %p = arith.mulf %a, %wide fastmath<reassoc,contract> : f32
    %s = arith.addf %sum, %p fastmath<reassoc,contract> : f32
    linalg.yield %s : f32
  }
  return
}

// Many rows: rows of the weight are copied to panels of scratch memory, in which columns are
// neighbours.
// CHECK-LABEL: @many_rows
// CHECK: memref.alloc() {alignment = 64 : i64}
// CHECK: vector.broadcast
// CHECK-NOT: vector.reduction
// CHECK-NOT: linalg.generic
func.func @many_rows(%x: memref<64x64xf32>, %w: memref<8x64xf32>, %y: memref<64x8xf32>) {
  linalg.generic {indexing_maps = [#lhs, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %w : memref<64x64xf32>, memref<8x64xf32>) outs(%y : memref<64x8xf32>) {
  ^bb0(%a: f32, %b: f32, %sum: f32):
    %p = arith.mulf %a, %b fastmath<reassoc,contract> : f32
    %s = arith.addf %sum, %p fastmath<reassoc,contract> : f32
    linalg.yield %s : f32
  }
  return
}

// Rows with columns need no copy: a row of the right side is a vector of columns.
// CHECK-LABEL: @columns
// CHECK-NOT: memref.alloc
// CHECK: vector.broadcast
// CHECK-NOT: vector.reduction
// CHECK-NOT: linalg.generic
func.func @columns(%p: memref<4x?xf32>, %v: memref<?x16xf32>, %y: memref<4x16xf32>) {
  linalg.generic {indexing_maps = [#lhs, #columns, #out], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%p, %v : memref<4x?xf32>, memref<?x16xf32>) outs(%y : memref<4x16xf32>) {
  ^bb0(%a: f32, %b: f32, %sum: f32):
    %q = arith.mulf %a, %b fastmath<reassoc,contract> : f32
    %s = arith.addf %sum, %q fastmath<reassoc,contract> : f32
    linalg.yield %s : f32
  }
  return
}

// Rows in blocks are widened once for all rows of the left side, as many at a time as stay in the
// first-level cache.
// CHECK-LABEL: @columns_of_blocks
// CHECK: %[[WIDE:.*]] = memref.alloc() {{.*}}x32xf32>
// CHECK: vector.load {{.*}} vector<32xi8>
// CHECK: vector.transfer_write {{.*}} %[[WIDE]]
// CHECK: vector.transfer_read %[[WIDE]]
// CHECK-NOT: linalg.generic
func.func @columns_of_blocks(%p: memref<4x?xf32>, %v: memref<?x32x!cria.block<q8_0>>, %y: memref<4x32xf32>) {
  linalg.generic {indexing_maps = [#lhs, #columns, #out], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%p, %v : memref<4x?xf32>, memref<?x32x!cria.block<q8_0>>) outs(%y : memref<4x32xf32>) {
  ^bb0(%a: f32, %b: !cria.block<q8_0>, %sum: f32):
    %wide = cria.widen %b : !cria.block<q8_0>
    %q = arith.mulf %a, %wide fastmath<reassoc,contract> : f32
    %s = arith.addf %sum, %q fastmath<reassoc,contract> : f32
    linalg.yield %s : f32
  }
  return
}

// Anything else is left to loops.
// CHECK-LABEL: @maximum
// CHECK: linalg.generic
func.func @maximum(%x: memref<4x64xf32>, %y: memref<4xf32>) {
  linalg.generic {indexing_maps = [affine_map<(t, k) -> (t, k)>, affine_map<(t, k) -> (t)>],
                  iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<4x64xf32>) outs(%y : memref<4xf32>) {
  ^bb0(%a: f32, %most: f32):
    %m = arith.maxnumf %a, %most : f32
    linalg.yield %m : f32
  }
  return
}
