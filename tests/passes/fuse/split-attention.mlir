// RUN: cria-opt %s --cria-split-attention | FileCheck %s

// CHECK-LABEL: @three_steps
// CHECK-SAME: (%[[Q:[a-z0-9]*]]: tensor<4x4x8xf32>, %[[K:[a-z0-9]*]]: tensor<2x32x8xbf16>, %[[V:[a-z0-9]*]]: tensor<2x32x8xbf16>, %[[P:[a-z0-9]*]]: index, %[[E:[a-z0-9]*]]: tensor<4x4x8xf32>)
func.func @three_steps(%q: tensor<4x4x8xf32>, %k: tensor<2x32x8xbf16>, %v: tensor<2x32x8xbf16>,
                       %p: index, %e: tensor<4x4x8xf32>) -> tensor<4x4x8xf32> {
  // CHECK: %[[FOR_SCORES:.*]] = tensor.empty() : tensor<4x4x32xf32>
  // CHECK: %[[S:.*]] = cria.scores %[[Q]], %[[K]] at %[[P]] into %[[FOR_SCORES]] {scale = 5.000000e-01 : f64} : tensor<4x4x8xf32>, tensor<2x32x8xbf16> into tensor<4x4x32xf32>
  // CHECK: %[[FOR_WEIGHTS:.*]] = tensor.empty() : tensor<4x4x32xf32>
  // CHECK: %[[W:.*]] = cria.softmax %[[S]] at %[[P]] into %[[FOR_WEIGHTS]]
  // CHECK: %[[O:.*]] = cria.mix %[[W]], %[[V]] at %[[P]] into %[[E]] : tensor<4x4x32xf32>, tensor<2x32x8xbf16> into tensor<4x4x8xf32>
  // CHECK: return %[[O]]
  %0 = cria.attend %q, %k, %v at %p into %e {scale = 0.5 : f64}
     : tensor<4x4x8xf32>, tensor<2x32x8xbf16>, tensor<2x32x8xbf16> into tensor<4x4x8xf32>
  return %0 : tensor<4x4x8xf32>
}

// Any number of tokens, which is that of the destination: `q` has no use but the scores.
// CHECK-LABEL: @dynamic
// CHECK-SAME: %[[E:[a-z0-9]*]]: tensor<?x4x8xf32>)
// CHECK: %[[TOKENS:.*]] = tensor.dim %[[E]], %c0
// CHECK: tensor.empty(%[[TOKENS]]) : tensor<?x4x32xf32>
// CHECK: cria.scores
// CHECK: cria.mix
func.func @dynamic(%q: tensor<?x4x8xf32>, %k: tensor<2x32x8xf32>, %p: index,
                   %e: tensor<?x4x8xf32>) -> tensor<?x4x8xf32> {
  %0 = cria.attend %q, %k, %k at %p into %e {scale = 0.5 : f64}
     : tensor<?x4x8xf32>, tensor<2x32x8xf32>, tensor<2x32x8xf32> into tensor<?x4x8xf32>
  return %0 : tensor<?x4x8xf32>
}

// Attention that a fusion has put into a kernel stays there.
// CHECK-LABEL: @fused
// CHECK: cria.attend
// CHECK-NOT: cria.mix
// CHECK: return
func.func @fused(%q: tensor<4x4x8xf32>, %k: tensor<2x32x8xbf16>, %p: index,
                 %e: tensor<4x4x8xf32>) -> tensor<4x4x8xf32> {
  %y = cria.kernel "attend" -> tensor<4x4x8xf32> {
    %0 = cria.attend %q, %k, %k at %p into %e {scale = 0.5 : f64}
       : tensor<4x4x8xf32>, tensor<2x32x8xbf16>, tensor<2x32x8xbf16> into tensor<4x4x8xf32>
    cria.yield %0 : tensor<4x4x8xf32>
  }
  return %y : tensor<4x4x8xf32>
}

// On buffers there is no value for the scores.
// CHECK-LABEL: @buffers
// CHECK-NEXT: cria.attend
// CHECK-NEXT: return
func.func @buffers(%q: memref<4x4x8xf32>, %k: memref<2x32x8xbf16>, %p: index,
                   %e: memref<4x4x8xf32>) {
  cria.attend %q, %k, %k at %p into %e {scale = 0.5 : f64}
    : memref<4x4x8xf32>, memref<2x32x8xbf16>, memref<2x32x8xbf16> into memref<4x4x8xf32>
  return
}
