// RUN: cria-opt %s --cria-group-kernels --cria-fuse-residual-into-linear --canonicalize | FileCheck %s

// CHECK-LABEL: @projection
// CHECK:       %[[Y:.*]] = cria.kernel "linear+residual" -> tensor<4x24xf32> {
// CHECK:         %[[P:.*]] = cria.linear
// CHECK-NEXT:    %[[S:.*]] = cria.residual %[[P]] into %arg1
// CHECK-NEXT:    cria.yield %[[S]] : tensor<4x24xf32>
// CHECK:       return %[[Y]]
func.func @projection(%x: tensor<4x36xf32>, %s: tensor<4x24xf32>, %w: tensor<24x36xbf16>) -> tensor<4x24xf32> {
  %e = tensor.empty() : tensor<4x24xf32>
  %p = cria.linear %x, %w into %e : tensor<4x36xf32>, tensor<24x36xbf16> into tensor<4x24xf32>
  %y = cria.residual %p into %s : tensor<4x24xf32> into tensor<4x24xf32>
  return %y : tensor<4x24xf32>
}

// A projection with another user leaves its kernel, so it is a root that another root reads: not one
// grid.
// CHECK-LABEL: @also_used
// CHECK:       cria.kernel "linear" -> tensor<4x24xf32> {
// CHECK:       cria.kernel "residual" -> tensor<4x24xf32> {
func.func @also_used(%x: tensor<4x36xf32>, %s: tensor<4x24xf32>, %w: tensor<24x36xbf16>) -> (tensor<4x24xf32>, tensor<4x24xf32>) {
  %e = tensor.empty() : tensor<4x24xf32>
  %p = cria.linear %x, %w into %e : tensor<4x36xf32>, tensor<24x36xbf16> into tensor<4x24xf32>
  %y = cria.residual %p into %s : tensor<4x24xf32> into tensor<4x24xf32>
  return %p, %y : tensor<4x24xf32>, tensor<4x24xf32>
}

// Not a linear, and a linear of another loop.
// CHECK-LABEL: @others
// CHECK-DAG:   cria.kernel "rms_norm"
// CHECK-DAG:   cria.kernel "linear"
// CHECK:       scf.for
// CHECK:         cria.kernel "residual"
// CHECK-NOT:   cria.kernel "linear+residual"
func.func @others(%count: index, %x: tensor<4x24xf32>, %w: tensor<24x24xbf16>) -> tensor<4x24xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %e = tensor.empty() : tensor<4x24xf32>
  %n = cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
  %p = cria.linear %x, %w into %e : tensor<4x24xf32>, tensor<24x24xbf16> into tensor<4x24xf32>
  %y = scf.for %i = %c0 to %count step %c1 iter_args(%s = %x) -> tensor<4x24xf32> {
    %a = cria.residual %n into %s : tensor<4x24xf32> into tensor<4x24xf32>
    %b = cria.residual %p into %a : tensor<4x24xf32> into tensor<4x24xf32>
    scf.yield %b : tensor<4x24xf32>
  }
  return %y : tensor<4x24xf32>
}
