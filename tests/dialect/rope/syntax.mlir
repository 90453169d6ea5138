// RUN: cria-opt %s | cria-opt | FileCheck %s
// RUN: cria-opt %s --mlir-print-op-generic | cria-opt | FileCheck %s

// CHECK-LABEL: @tensors
func.func @tensors(%q: tensor<4x8x64xf32>, %cos: tensor<4x32xf32>, %sin: tensor<4x32xf32>,
                   %e: tensor<4x8x64xf32>) -> tensor<4x8x64xf32> {
  // CHECK: cria.rope %{{.*}}, %{{.*}}, %{{.*}} into %{{.*}} : tensor<4x8x64xf32>, tensor<4x32xf32>, tensor<4x32xf32> into tensor<4x8x64xf32>
  %r = cria.rope %q, %cos, %sin into %e
     : tensor<4x8x64xf32>, tensor<4x32xf32>, tensor<4x32xf32> into tensor<4x8x64xf32>
  return %r : tensor<4x8x64xf32>
}

// Pairing `half` (0) is not printed, `interleaved` (1) is.
// CHECK-LABEL: @buffers
func.func @buffers(%x: memref<1x2x6xf32>, %cos: memref<1x3xf32>, %sin: memref<1x3xf32>,
                   %e: memref<1x2x6xf32>) {
  // CHECK: cria.rope %{{.*}}, %{{.*}}, %{{.*}} into %{{.*}} {pairing = 1 : i32} : memref<1x2x6xf32>, memref<1x3xf32>, memref<1x3xf32> into memref<1x2x6xf32>
  cria.rope %x, %cos, %sin into %e {pairing = 1 : i32}
    : memref<1x2x6xf32>, memref<1x3xf32>, memref<1x3xf32> into memref<1x2x6xf32>
  // CHECK: cria.rope
  // CHECK-NOT: pairing
  cria.rope %x, %cos, %sin into %e {pairing = 0 : i32}
    : memref<1x2x6xf32>, memref<1x3xf32>, memref<1x3xf32> into memref<1x2x6xf32>
  return
}
