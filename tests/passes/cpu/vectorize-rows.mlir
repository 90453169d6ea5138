// Which ops have rows, and along which loop. Without a description of the machine, a register holds 4
// f32.
// RUN: cria-opt %s --cria-vectorize-rows --canonicalize --cse | FileCheck %s

#each = affine_map<(d0, d1) -> (d0, d1)>
#swapped = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d0)>

// A parallel loop is preferred to a reduction: sums over rows are columns of vectors.
// CHECK-LABEL: @columns
// CHECK-NOT: vector.reduction
// CHECK: scf.for %[[J:.*]] = %c0 to %c3
// CHECK: scf.for %[[I:.*]] = %c0 to %c8 step %c4
// CHECK: vector.load %{{.*}}[%[[J]], %[[I]]]
// CHECK: vector.load %{{.*}}[%[[I]]]
func.func @columns(%x: memref<3x8xf32>, %o: memref<8xf32>) {
  linalg.generic {indexing_maps = [#swapped, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<3x8xf32>) outs(%o : memref<8xf32>) {
  ^bb0(%in: f32, %sum: f32):
    %0 = arith.addf %sum, %in fastmath<reassoc> : f32
    linalg.yield %0 : f32
  }
  return
}

// CHECK-LABEL: @fill
// CHECK: vector.store %{{.*}} : memref<4x8xf32, strided<[16, 1]>>, vector<4xf32>
func.func @fill(%o: memref<4x8xf32, strided<[16, 1]>>) {
  %0 = arith.constant 2.0 : f32
  linalg.fill ins(%0 : f32) outs(%o : memref<4x8xf32, strided<[16, 1]>>)
  return
}

// A dimension of size 1 has no rows, whatever its stride.
// CHECK-LABEL: @thin
// CHECK: vector.load %{{.*}}[%c0, %c0] : memref<1x4xf32>, vector<4xf32>
func.func @thin(%o: memref<1x4xf32>, %x: memref<1x4xf32>) {
  linalg.copy ins(%x : memref<1x4xf32>) outs(%o : memref<1x4xf32>)
  return
}

// Sines are calls, and a transposition is not contiguous: both are left to loops.
// CHECK-LABEL: @left
// CHECK-COUNT-2: linalg.generic
func.func @left(%x: memref<8x8xf32>, %o: memref<8x8xf32>) {
  linalg.generic {indexing_maps = [#each, #each], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<8x8xf32>) outs(%o : memref<8x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = math.sin %in : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#each, #swapped], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<8x8xf32>) outs(%o : memref<8x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  }
  return
}

// Every second element, as in interleaved rotations, and a subtraction, whose order counts.
// CHECK-LABEL: @neither
// CHECK-COUNT-2: linalg.generic
func.func @neither(%x: memref<8x8xf32, strided<[16, 2]>>, %y: memref<8x8xf32>, %o: memref<8xf32>) {
  linalg.generic {indexing_maps = [#each, #each], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<8x8xf32, strided<[16, 2]>>) outs(%y : memref<8x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  }
  linalg.generic {indexing_maps = [#each, #row], iterator_types = ["parallel", "reduction"]}
      ins(%y : memref<8x8xf32>) outs(%o : memref<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.subf %out, %in : f32
    linalg.yield %0 : f32
  }
  return
}

// Tensors are left alone.
// CHECK-LABEL: @tensors
// CHECK: linalg.fill
func.func @tensors(%o: tensor<4xf32>) -> tensor<4xf32> {
  %0 = arith.constant 2.0 : f32
  %1 = linalg.fill ins(%0 : f32) outs(%o : tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
