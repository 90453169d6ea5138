// RUN: cria-opt %s --cria-group-kernels --cria-fuse-scale-into-query --canonicalize | FileCheck %s

// Through the rotation, into what the linear is multiplied by already.
// CHECK-LABEL: @rotated
// CHECK:       cria.linear {{.*}} {alpha = 2.500000e-01 : f64}
// CHECK:       cria.attend {{.*}} {scale = 1.000000e+00 : f64}
func.func @rotated(%x: tensor<4x36xf32>, %w: tensor<24x36xbf16>, %c: tensor<4x4xf32>, %s: tensor<4x4xf32>,
                   %at: index, %k: tensor<1x16x8xbf16>, %v: tensor<1x16x8xbf16>) -> tensor<4x3x8xf32> {
  %e = tensor.empty() : tensor<4x24xf32>
  %q = cria.linear %x, %w into %e {alpha = 0.5 : f64} : tensor<4x36xf32>, tensor<24x36xbf16> into tensor<4x24xf32>
  %h = tensor.expand_shape %q [[0], [1, 2]] output_shape [4, 3, 8] : tensor<4x24xf32> into tensor<4x3x8xf32>
  %o = tensor.empty() : tensor<4x3x8xf32>
  %r = cria.rope %h, %c, %s into %o : tensor<4x3x8xf32>, tensor<4x4xf32>, tensor<4x4xf32> into tensor<4x3x8xf32>
  %a = cria.attend %r, %k, %v at %at into %o {scale = 0.5 : f64}
    : tensor<4x3x8xf32>, tensor<1x16x8xbf16>, tensor<1x16x8xbf16> into tensor<4x3x8xf32>
  return %a : tensor<4x3x8xf32>
}

// A query that comes from elsewhere, or that others read, keeps its size.
// CHECK-LABEL: @kept
// CHECK-NOT:   alpha
// CHECK:       cria.attend {{.*}} {scale = 5.000000e-01 : f64}
// CHECK:       cria.attend {{.*}} {scale = 5.000000e-01 : f64}
func.func @kept(%q: tensor<4x3x8xf32>, %x: tensor<4x36xf32>, %w: tensor<24x36xbf16>,
                %at: index, %k: tensor<1x16x8xbf16>, %v: tensor<1x16x8xbf16>) -> (tensor<4x3x8xf32>, tensor<4x3x8xf32>, tensor<4x24xf32>) {
  %o = tensor.empty() : tensor<4x3x8xf32>
  %a = cria.attend %q, %k, %v at %at into %o {scale = 0.5 : f64}
    : tensor<4x3x8xf32>, tensor<1x16x8xbf16>, tensor<1x16x8xbf16> into tensor<4x3x8xf32>
  %e = tensor.empty() : tensor<4x24xf32>
  %p = cria.linear %x, %w into %e : tensor<4x36xf32>, tensor<24x36xbf16> into tensor<4x24xf32>
  %h = tensor.expand_shape %p [[0], [1, 2]] output_shape [4, 3, 8] : tensor<4x24xf32> into tensor<4x3x8xf32>
  %b = cria.attend %h, %k, %v at %at into %o {scale = 0.5 : f64}
    : tensor<4x3x8xf32>, tensor<1x16x8xbf16>, tensor<1x16x8xbf16> into tensor<4x3x8xf32>
  return %a, %b, %p : tensor<4x3x8xf32>, tensor<4x3x8xf32>, tensor<4x24xf32>
}
