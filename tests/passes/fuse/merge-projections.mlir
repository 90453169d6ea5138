// RUN: cria-opt %s --cria-group-kernels --cria-fuse-merge-projections --canonicalize | FileCheck %s

// CHECK-LABEL: @siblings
// CHECK:       %[[K:.*]]:2 = cria.kernel "linear" -> tensor<4x24xf32>, tensor<4x36xf32> {
// CHECK-DAG:     %[[Q:.*]] = cria.linear %arg0, %arg1
// CHECK-DAG:     %[[V:.*]] = cria.linear %arg0, %arg2
// CHECK:         cria.yield
// CHECK-NOT:   cria.kernel "linear"
// CHECK:       cria.kernel "rms_norm"
// CHECK:         cria.rms_norm %[[K]]#0
func.func @siblings(%x: tensor<4x8xf32>, %q: tensor<24x8xbf16>, %v: tensor<36x8xbf16>) -> (tensor<4x24xf32>, tensor<4x36xf32>) {
  %e = tensor.empty() : tensor<4x24xf32>
  %0 = cria.linear %x, %q into %e : tensor<4x8xf32>, tensor<24x8xbf16> into tensor<4x24xf32>
  // Between the two, on the result of the first.
  %1 = cria.rms_norm %0 into %e {eps = 0.0 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
  %o = tensor.empty() : tensor<4x36xf32>
  %2 = cria.linear %x, %v into %o : tensor<4x8xf32>, tensor<36x8xbf16> into tensor<4x36xf32>
  return %1, %2 : tensor<4x24xf32>, tensor<4x36xf32>
}

// Another input; and the same input, but a destination that depends on the first.
// CHECK-LABEL: @apart
// CHECK-COUNT-3: cria.kernel "linear"
func.func @apart(%x: tensor<4x24xf32>, %y: tensor<4x24xf32>, %w: tensor<24x24xbf16>) -> (tensor<4x24xf32>, tensor<4x24xf32>) {
  %e = tensor.empty() : tensor<4x24xf32>
  %0 = cria.linear %x, %w into %e : tensor<4x24xf32>, tensor<24x24xbf16> into tensor<4x24xf32>
  %1 = cria.linear %y, %w into %e : tensor<4x24xf32>, tensor<24x24xbf16> into tensor<4x24xf32>
  %2 = cria.residual %0 into %1 : tensor<4x24xf32> into tensor<4x24xf32>
  %3 = cria.linear %x, %w into %2 : tensor<4x24xf32>, tensor<24x24xbf16> into tensor<4x24xf32>
  return %1, %3 : tensor<4x24xf32>, tensor<4x24xf32>
}
