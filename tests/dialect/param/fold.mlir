// RUN: cria-opt %s --canonicalize --cse --symbol-dce | FileCheck %s

// Parameters stay in order, used or not: they define the weight table.
// CHECK: cria.param @b
// CHECK-NEXT: cria.param @a
cria.param @b "b" : tensor<3xf32>
cria.param @a "a" : tensor<3xf32>
