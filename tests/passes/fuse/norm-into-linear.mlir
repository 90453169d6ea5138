// RUN: cria-opt %s --cria-group-kernels --cria-fuse-norm-into-linear --canonicalize | FileCheck %s
// RUN: cria-opt %s --cria-group-kernels --cria-fuse-norm-into-linear --remarks-filter-missed=fusion --remark-format=emitRemark 2>&1 | FileCheck %s --check-prefix=REMARK

// The gain goes to the input, the scale to the sum; the norm's kernel is gone.
// CHECK-LABEL: @one
// CHECK-NOT:   cria.rms_norm
// CHECK:       cria.kernel "rms_scale+linear"
// CHECK:         %[[R:.*]] = cria.rms_scale %arg0 into %{{.*}} {eps = 1.000000e-05 : f64} : tensor<4x24xf32> into tensor<4xf32>
// CHECK-NEXT:    cria.linear %arg0, %arg2 gain %arg1 scale %[[R]] into
// CHECK-NOT:   cria.kernel
func.func @one(%x: tensor<4x24xf32>, %g: tensor<24xbf16>, %w: tensor<36x24xbf16>) -> tensor<4x36xf32> {
  %e = tensor.empty() : tensor<4x24xf32>
  %n = cria.rms_norm %x, %g into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32>, tensor<24xbf16> into tensor<4x24xf32>
  %o = tensor.empty() : tensor<4x36xf32>
  %y = cria.linear %n, %w into %o : tensor<4x24xf32>, tensor<36x24xbf16> into tensor<4x36xf32>
  return %y : tensor<4x36xf32>
}

// Each linear that reads a norm gets the factors; a bias stays, and is not scaled.
// CHECK-LABEL: @two
// CHECK-NOT:   cria.rms_norm
// CHECK:       cria.linear %arg0, %arg1 bias %arg2 scale
// CHECK:       cria.linear %arg0, %arg1 scale
func.func @two(%x: tensor<4x24xf32>, %w: tensor<24x24xf32>, %b: tensor<24xf32>) -> (tensor<4x24xf32>, tensor<4x24xf32>) {
  %e = tensor.empty() : tensor<4x24xf32>
  %n = cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
  %y = cria.linear %n, %w bias %b into %e : tensor<4x24xf32>, tensor<24x24xf32> bias tensor<24xf32> into tensor<4x24xf32>
  %z = cria.linear %n, %w into %e : tensor<4x24xf32>, tensor<24x24xf32> into tensor<4x24xf32>
  return %y, %z : tensor<4x24xf32>, tensor<4x24xf32>
}

// A norm with other users stays for them.
// CHECK-LABEL: @also_used
// CHECK:       cria.rms_norm
// CHECK:       cria.rms_scale
// CHECK:       cria.linear %arg0
func.func @also_used(%x: tensor<4x24xf32>, %w: tensor<24x24xf32>) -> (tensor<4x24xf32>, tensor<4x24xf32>) {
  %e = tensor.empty() : tensor<4x24xf32>
  %n = cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
  %y = cria.linear %n, %w into %e : tensor<4x24xf32>, tensor<24x24xf32> into tensor<4x24xf32>
  return %n, %y : tensor<4x24xf32>, tensor<4x24xf32>
}

// A linear has only one scale.
// CHECK-LABEL: @scaled_already
// CHECK:       %[[N:.*]] = cria.kernel "rms_norm"
// CHECK:       cria.linear %[[N]], %arg1 scale %arg2
func.func @scaled_already(%x: tensor<4x24xf32>, %w: tensor<24x24xf32>, %s: tensor<4xf32>) -> tensor<4x24xf32> {
  %e = tensor.empty() : tensor<4x24xf32>
  %n = cria.rms_norm %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
  %y = cria.linear %n, %w scale %s into %e : tensor<4x24xf32>, tensor<24x24xf32> scale tensor<4xf32> into tensor<4x24xf32>
  return %y : tensor<4x24xf32>
}

// A mean is not a factor: a layer norm stays a kernel of its own, with a remark.
// CHECK-LABEL: @layer_norm
// CHECK:       %[[N:.*]] = cria.kernel "layer_norm"
// CHECK:       cria.kernel "linear"
// CHECK:         cria.linear %[[N]], %arg1 into
func.func @layer_norm(%x: tensor<4x24xf32>, %w: tensor<36x24xf32>) -> tensor<4x36xf32> {
  %e = tensor.empty() : tensor<4x24xf32>
  %n = cria.layer_norm %x into %e {eps = 1.0e-5 : f64} : tensor<4x24xf32> into tensor<4x24xf32>
  %o = tensor.empty() : tensor<4x36xf32>
  // REMARK: norm-into-linear.mlir:[[#@LINE+1]]:{{.*}}layer_norm subtracts a mean, which is not a factor
  %y = cria.linear %n, %w into %o : tensor<4x24xf32>, tensor<36x24xf32> into tensor<4x36xf32>
  return %y : tensor<4x36xf32>
}
