// RUN: cria-opt %s --cria-decompose-ops --canonicalize --cse | FileCheck %s

// Rows of a cache in blocks are rounded head by head.
// CHECK-LABEL: @kv_append_blocks
// CHECK-SAME: %[[R:[a-z0-9]*]]: tensor<4x2x32xf32>, %[[P:[a-z0-9]*]]: index
// CHECK: scf.for %[[G:.*]] = {{.*}} iter_args(%[[C:.*]] =
// CHECK: %[[X:.*]] = tensor.extract_slice %[[R]][0, %[[G]], 0] [4, 1, 32] {{.*}} to tensor<4x32xf32>
// CHECK: %[[OLD:.*]] = tensor.extract_slice %[[C]][%[[G]], %[[P]], 0] [1, 4, 32]
// CHECK: %[[Q:.*]] = cria.quantize %[[X]] into %[[OLD]]
// CHECK: tensor.insert_slice %[[Q]] into %[[C]][%[[G]], %[[P]], 0] [1, 4, 32]
func.func @kv_append_blocks(%r: tensor<4x2x32xf32>, %p: index,
                            %c: tensor<2x8x32x!cria.block<q8_0>>) -> tensor<2x8x32x!cria.block<q8_0>> {
  %0 = cria.kv_append %r at %p into %c : tensor<4x2x32xf32> into tensor<2x8x32x!cria.block<q8_0>>
  return %0 : tensor<2x8x32x!cria.block<q8_0>>
}
