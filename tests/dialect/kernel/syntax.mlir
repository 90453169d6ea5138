// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

// CHECK-LABEL: @tensors
func.func @tensors(%x: tensor<4x128xf32>, %g: tensor<128xbf16>,
                   %e: tensor<4x128xf32>) -> tensor<4x128xf32> {
  // CHECK: %[[N:.*]] = cria.kernel "rms_norm" -> tensor<4x128xf32> {
  // CHECK-NEXT: %[[R:.*]] = cria.rms_norm
  // CHECK-NEXT: cria.yield %[[R]] : tensor<4x128xf32>
  // CHECK-NEXT: }
  %n = cria.kernel "rms_norm" -> tensor<4x128xf32> {
    %0 = cria.rms_norm %x, %g into %e {eps = 1.0e-5 : f64}
       : tensor<4x128xf32>, tensor<128xbf16> into tensor<4x128xf32>
    cria.yield %0 : tensor<4x128xf32>
  }
  // CHECK: return %[[N]]
  return %n : tensor<4x128xf32>
}

// A kernel on buffers yields nothing, and its terminator may be omitted.
// CHECK-LABEL: @buffers
func.func @buffers(%branch: memref<1x24xf32>, %x: memref<1x24xf32>) {
  // CHECK: cria.kernel "residual" attributes {stage = 1 : i64} {
  // CHECK-NEXT: cria.residual
  // CHECK-NEXT: }
  cria.kernel "residual" attributes {stage = 1} {
    cria.residual %branch into %x : memref<1x24xf32> into memref<1x24xf32>
    cria.yield
  }
  return
}

// CHECK-LABEL: @two_results
func.func @two_results(%a: tensor<1x2xf32>, %b: tensor<1x4xf32>)
    -> (tensor<1x4xf32>, tensor<1x2xf32>) {
  // CHECK: cria.kernel "two" -> tensor<1x4xf32>, tensor<1x2xf32> {
  // CHECK-NEXT: cria.yield %{{.*}}, %{{.*}} : tensor<1x4xf32>, tensor<1x2xf32>
  %0, %1 = cria.kernel "two" -> tensor<1x4xf32>, tensor<1x2xf32> {
    cria.yield %b, %a : tensor<1x4xf32>, tensor<1x2xf32>
  }
  return %0, %1 : tensor<1x4xf32>, tensor<1x2xf32>
}
