// What counts as a row: contiguous or constant for every operand. Passes of both backends ask.
// RUN: cria-opt %s --cria-vectorize-rows --canonicalize | FileCheck %s

#each = affine_map<(i, j) -> (i, j)>
#turned = affine_map<(i, j) -> (j, i)>
#column = affine_map<(i, j) -> (i)>
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" =
    #dlti.target_device_spec<"vector_bits" = 256 : i64>>} {
  // What is constant along the row is read once.
  // CHECK-LABEL: @constant(
  // CHECK: memref.load
  // CHECK: vector.load {{.*}} vector<8xf32>
  // CHECK: vector.store
  func.func @constant(%x: memref<4x16xf32>, %s: memref<4xf32>, %out: memref<4x16xf32>) {
    linalg.generic {indexing_maps = [#each, #column, #each], iterator_types = ["parallel", "parallel"]}
        ins(%x, %s : memref<4x16xf32>, memref<4xf32>) outs(%out : memref<4x16xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %0 = arith.mulf %a, %b : f32
      linalg.yield %0 : f32
    }
    return
  }

  // A transposed operand is contiguous along no loop along which the other one is.
  // CHECK-LABEL: @transposed(
  // CHECK-NOT: vector.load
  func.func @transposed(%x: memref<16x4xf32>, %out: memref<4x16xf32>) {
    linalg.generic {indexing_maps = [#turned, #each], iterator_types = ["parallel", "parallel"]}
        ins(%x : memref<16x4xf32>) outs(%out : memref<4x16xf32>) {
    ^bb0(%a: f32, %o: f32):
      linalg.yield %a : f32
    }
    return
  }

  // Differences are no sums of parts.
  // CHECK-LABEL: @difference(
  // CHECK-NOT: vector.load
  func.func @difference(%x: memref<4x16xf32>, %out: memref<4xf32>) {
    linalg.generic {indexing_maps = [#each, #column], iterator_types = ["parallel", "reduction"]}
        ins(%x : memref<4x16xf32>) outs(%out : memref<4xf32>) {
    ^bb0(%a: f32, %o: f32):
      %0 = arith.subf %o, %a : f32
      linalg.yield %0 : f32
    }
    return
  }
}
