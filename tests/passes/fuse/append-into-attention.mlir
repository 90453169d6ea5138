// RUN: cria-opt %s --cria-group-kernels --cria-fuse-append-into-attention --canonicalize | FileCheck %s
// RUN: cria-opt %s --cria-group-kernels --cria-fuse-rope-into-attention --cria-fuse-append-into-attention --canonicalize | FileCheck %s --check-prefix=BOTH

// Values go from their product to the cache; keys from their rotation, and with both fusions
// from their product.
// CHECK-LABEL: @rows
// CHECK-DAG:   cria.kernel "linear+kv_append" -> tensor<3x16x8xbf16>
// CHECK-DAG:   cria.kernel "linear" -> tensor<4x24xf32>
// CHECK-DAG:   cria.kernel "rope+kv_append" -> tensor<3x16x8xbf16>
// BOTH-LABEL: @rows
// BOTH-DAG:   cria.kernel "linear+kv_append" -> tensor<3x16x8xbf16>
// BOTH-DAG:   cria.kernel "linear+rope+kv_append" -> tensor<3x16x8xbf16>
// BOTH-NOT:   cria.kernel "
// BOTH:       return
func.func @rows(%x: tensor<4x36xf32>, %k: tensor<24x36xbf16>, %v: tensor<24x36xbf16>, %c: tensor<4x4xf32>, %s: tensor<4x4xf32>,
                %at: index, %keys: tensor<3x16x8xbf16>, %values: tensor<3x16x8xbf16>) -> (tensor<3x16x8xbf16>, tensor<3x16x8xbf16>) {
  %e = tensor.empty() : tensor<4x24xf32>
  %0 = cria.linear %x, %k into %e : tensor<4x36xf32>, tensor<24x36xbf16> into tensor<4x24xf32>
  %1 = tensor.expand_shape %0 [[0], [1, 2]] output_shape [4, 3, 8] : tensor<4x24xf32> into tensor<4x3x8xf32>
  %o = tensor.empty() : tensor<4x3x8xf32>
  %2 = cria.rope %1, %c, %s into %o : tensor<4x3x8xf32>, tensor<4x4xf32>, tensor<4x4xf32> into tensor<4x3x8xf32>
  %3 = cria.kv_append %2 at %at into %keys : tensor<4x3x8xf32> into tensor<3x16x8xbf16>
  %4 = cria.linear %x, %v into %e : tensor<4x36xf32>, tensor<24x36xbf16> into tensor<4x24xf32>
  %5 = tensor.expand_shape %4 [[0], [1, 2]] output_shape [4, 3, 8] : tensor<4x24xf32> into tensor<4x3x8xf32>
  %6 = cria.kv_append %5 at %at into %values : tensor<4x3x8xf32> into tensor<3x16x8xbf16>
  return %3, %6 : tensor<3x16x8xbf16>, tensor<3x16x8xbf16>
}

// CHECK-LABEL: @from_elsewhere
// CHECK:       cria.kernel "kv_append"
func.func @from_elsewhere(%r: tensor<4x3x8xf32>, %at: index, %keys: tensor<3x16x8xbf16>) -> tensor<3x16x8xbf16> {
  %3 = cria.kv_append %r at %at into %keys : tensor<4x3x8xf32> into tensor<3x16x8xbf16>
  return %3 : tensor<3x16x8xbf16>
}
