// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

// CHECK-LABEL: @tensors
func.func @tensors(%position: index, %c: tensor<4x32xf32>, %s: tensor<4x32xf32>)
    -> (tensor<4x32xf32>, tensor<4x32xf32>) {
  // CHECK: %[[T:.*]]:2 = cria.rotary_table %{{.*}} into %{{.*}}, %{{.*}} {scaling = #cria.rope_scaling<none>, theta = 5.000000e+05 : f64} : tensor<4x32xf32>, tensor<4x32xf32>
  %cos, %sin = cria.rotary_table %position into %c, %s
      {theta = 5.0e5 : f64, scaling = #cria.rope_scaling<none>}
    : tensor<4x32xf32>, tensor<4x32xf32>
  // CHECK: return %[[T]]#0, %[[T]]#1
  return %cos, %sin : tensor<4x32xf32>, tensor<4x32xf32>
}

// CHECK-LABEL: @buffers
func.func @buffers(%position: index, %c: memref<1x4xf32>, %s: memref<1x4xf32>) {
  // CHECK: {{^ *}}cria.rotary_table %{{.*}} into %{{.*}}, %{{.*}} {scaling = #cria.rope_scaling<linear, factor = 2.000000e+00 : f64>, theta = 1.000000e+04 : f64} : memref<1x4xf32>, memref<1x4xf32>
  cria.rotary_table %position into %c, %s
      {theta = 1.0e4 : f64, scaling = #cria.rope_scaling<linear, factor = 2.0 : f64>}
    : memref<1x4xf32>, memref<1x4xf32>
  return
}
