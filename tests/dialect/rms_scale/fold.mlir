// RUN: cria-opt %s --canonicalize --cse | FileCheck %s

// CHECK-LABEL: @dead
// CHECK-NEXT: return
func.func @dead(%x: tensor<4x24xf32>, %e: tensor<4xf32>) {
  %0 = cria.rms_scale %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<4xf32>
  return
}

// CHECK-LABEL: @equal
// CHECK-NEXT: %[[X:.*]] = cria.rms_scale
// CHECK-NEXT: return %[[X]], %[[X]]
func.func @equal(%x: tensor<4x24xf32>, %e: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = cria.rms_scale %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<4xf32>
  %1 = cria.rms_scale %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: @buffers
// CHECK-COUNT-2: cria.rms_scale
func.func @buffers(%x: memref<4x24xf32>, %e: memref<4xf32>) {
  cria.rms_scale %x into %e {eps = 1.0e-5 : f64} : memref<4x24xf32> into memref<4xf32>
  cria.rms_scale %x into %e {eps = 1.0e-5 : f64} : memref<4x24xf32> into memref<4xf32>
  return
}
