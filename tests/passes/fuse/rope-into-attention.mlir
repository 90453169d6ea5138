// RUN: cria-opt %s --cria-group-kernels --cria-fuse-rope-into-attention --canonicalize | FileCheck %s

// Looks through the reshape to heads, which moves along.
// CHECK-LABEL: @query
// CHECK:       cria.kernel "linear+rope" -> tensor<4x3x8xf32> {
// CHECK:         %[[Q:.*]] = cria.linear
// CHECK:         %[[H:.*]] = tensor.expand_shape %[[Q]]
// CHECK:         cria.rope %[[H]], %arg2, %arg3
// CHECK-NOT:   cria.kernel
func.func @query(%x: tensor<4x36xf32>, %w: tensor<24x36xbf16>, %c: tensor<4x4xf32>, %s: tensor<4x4xf32>) -> tensor<4x3x8xf32> {
  %e = tensor.empty() : tensor<4x24xf32>
  %q = cria.linear %x, %w into %e : tensor<4x36xf32>, tensor<24x36xbf16> into tensor<4x24xf32>
  %h = tensor.expand_shape %q [[0], [1, 2]] output_shape [4, 3, 8] : tensor<4x24xf32> into tensor<4x3x8xf32>
  %o = tensor.empty() : tensor<4x3x8xf32>
  %r = cria.rope %h, %c, %s into %o : tensor<4x3x8xf32>, tensor<4x4xf32>, tensor<4x4xf32> into tensor<4x3x8xf32>
  return %r : tensor<4x3x8xf32>
}

// CHECK-LABEL: @from_elsewhere
// CHECK:       cria.kernel "rope"
func.func @from_elsewhere(%h: tensor<4x3x8xf32>, %c: tensor<4x4xf32>, %s: tensor<4x4xf32>) -> tensor<4x3x8xf32> {
  %o = tensor.empty() : tensor<4x3x8xf32>
  %r = cria.rope %h, %c, %s into %o : tensor<4x3x8xf32>, tensor<4x4xf32>, tensor<4x4xf32> into tensor<4x3x8xf32>
  return %r : tensor<4x3x8xf32>
}
