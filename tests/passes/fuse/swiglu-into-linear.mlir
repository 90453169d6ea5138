// RUN: cria-opt %s --cria-group-kernels --cria-fuse-swiglu-into-linear --canonicalize | FileCheck %s

// CHECK-LABEL: @mlp
// CHECK:       cria.kernel "linear+swiglu" -> tensor<4x36xf32> {
// CHECK-DAG:     %[[G:.*]] = cria.linear %arg0, %arg1
// CHECK-DAG:     %[[U:.*]] = cria.linear %arg0, %arg2
// CHECK:         cria.swiglu %[[G]], %[[U]]
// CHECK-NOT:   cria.kernel
func.func @mlp(%x: tensor<4x24xf32>, %g: tensor<36x24xbf16>, %u: tensor<36x24xbf16>) -> tensor<4x36xf32> {
  %e = tensor.empty() : tensor<4x36xf32>
  %0 = cria.linear %x, %g into %e : tensor<4x24xf32>, tensor<36x24xbf16> into tensor<4x36xf32>
  %1 = cria.linear %x, %u into %e : tensor<4x24xf32>, tensor<36x24xbf16> into tensor<4x36xf32>
  %2 = cria.swiglu %0, %1 into %e : tensor<4x36xf32>, tensor<4x36xf32> into tensor<4x36xf32>
  return %2 : tensor<4x36xf32>
}

// A side that is not a linear stays outside; the other is fused.
// CHECK-LABEL: @half
// CHECK:       cria.kernel "linear+swiglu"
// CHECK:         cria.swiglu %{{.*}}, %arg2
func.func @half(%x: tensor<4x24xf32>, %g: tensor<36x24xbf16>, %u: tensor<4x36xf32>) -> tensor<4x36xf32> {
  %e = tensor.empty() : tensor<4x36xf32>
  %0 = cria.linear %x, %g into %e : tensor<4x24xf32>, tensor<36x24xbf16> into tensor<4x36xf32>
  %2 = cria.swiglu %0, %u into %e : tensor<4x36xf32>, tensor<4x36xf32> into tensor<4x36xf32>
  return %2 : tensor<4x36xf32>
}

// CHECK-LABEL: @none
// CHECK:       cria.kernel "swiglu"
func.func @none(%g: tensor<4x36xf32>, %u: tensor<4x36xf32>) -> tensor<4x36xf32> {
  %e = tensor.empty() : tensor<4x36xf32>
  %2 = cria.swiglu %g, %u into %e : tensor<4x36xf32>, tensor<4x36xf32> into tensor<4x36xf32>
  return %2 : tensor<4x36xf32>
}

// Any gate.
// CHECK-LABEL: @other_gates
// CHECK:       cria.kernel "linear+geglu"
// CHECK-COUNT-2: cria.linear
// CHECK:         cria.geglu
// CHECK:       cria.kernel "linear+reglu"
// CHECK-COUNT-2: cria.linear
// CHECK:         cria.reglu
// CHECK-NOT:   cria.kernel
func.func @other_gates(%x: tensor<4x24xf32>, %g: tensor<36x24xbf16>, %u: tensor<36x24xbf16>)
    -> (tensor<4x36xf32>, tensor<4x36xf32>) {
  %e = tensor.empty() : tensor<4x36xf32>
  %0 = cria.linear %x, %g into %e : tensor<4x24xf32>, tensor<36x24xbf16> into tensor<4x36xf32>
  %1 = cria.linear %x, %u into %e : tensor<4x24xf32>, tensor<36x24xbf16> into tensor<4x36xf32>
  %2 = cria.geglu %0, %1 into %e : tensor<4x36xf32>, tensor<4x36xf32> into tensor<4x36xf32>
  %3 = cria.linear %x, %u into %e : tensor<4x24xf32>, tensor<36x24xbf16> into tensor<4x36xf32>
  %4 = cria.linear %x, %g into %e : tensor<4x24xf32>, tensor<36x24xbf16> into tensor<4x36xf32>
  %5 = cria.reglu %3, %4 into %e : tensor<4x36xf32>, tensor<4x36xf32> into tensor<4x36xf32>
  return %2, %5 : tensor<4x36xf32>, tensor<4x36xf32>
}
