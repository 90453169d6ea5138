// RUN: cria-opt %s --cria-bind-weights --canonicalize --cse | FileCheck %s

// The slot of a tensor is the number of tensors declared before it: 0, then 1 to 3, then 4.
// CHECK-NOT: cria.param
cria.param @embed "embed" : tensor<8x2xbf16>
cria.param @q_proj "layers.{}.q_proj" x 3 repeated : tensor<4x2xf32>
cria.param @norm "norm" : tensor<2xf32>

// CHECK-LABEL: @slots
// CHECK-SAME: (%[[TABLE:.*]]: !llvm.ptr, %[[LAYER:.*]]: index
func.func @slots(%t: !cria.weights, %layer: index, %out: memref<4x2xf32>) {
  // CHECK-DAG: %[[ONE:.*]] = arith.constant 1 : i64
  // CHECK: %[[NUMBER:.*]] = arith.index_cast %[[LAYER]] : index to i64
  // CHECK: %[[SLOT:.*]] = arith.addi %[[NUMBER]], %[[ONE]] overflow<nsw, nuw> : i64
  // CHECK: %[[ENTRY:.*]] = llvm.getelementptr inbounds|nuw %[[TABLE]][%[[SLOT]]] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.ptr
  // CHECK: %[[DATA:.*]] = llvm.load %[[ENTRY]] invariant : !llvm.ptr -> !llvm.ptr
  // CHECK: llvm.insertvalue %[[DATA]]
  // CHECK: %[[W:.*]] = builtin.unrealized_conversion_cast %{{.*}} to memref<4x2xf32>
  // CHECK: memref.copy %[[W]]
  %w = cria.weight %t, @q_proj[%layer] : memref<4x2xf32>
  memref.copy %w, %out : memref<4x2xf32> to memref<4x2xf32>
  return
}

// CHECK-LABEL: @first
func.func @first(%t: !cria.weights, %out: memref<8x2xbf16>) {
  // CHECK: llvm.load %{{.*}} invariant : !llvm.ptr -> !llvm.ptr
  %w = cria.weight %t, @embed : memref<8x2xbf16>
  memref.copy %w, %out : memref<8x2xbf16> to memref<8x2xbf16>
  return
}

// CHECK-LABEL: @last
func.func @last(%t: !cria.weights, %out: memref<2xf32>) {
  // CHECK: llvm.getelementptr inbounds|nuw %{{.*}}[4]
  %w = cria.weight %t, @norm : memref<2xf32>
  memref.copy %w, %out : memref<2xf32> to memref<2xf32>
  return
}

// CHECK: func.func private @declared(!llvm.ptr, index)
func.func private @declared(!cria.weights, index)
