// RUN: cria-opt %s --split-input-file --cria-split-attention --cria-group-kernels \
// RUN:   --cria-fuse-online-softmax --canonicalize --cse --remarks-filter=fusion \
// RUN:   --remark-format=emitRemark 2> %t.remarks | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK --implicit-check-not=remark: < %t.remarks

// Restores the attention from before the split, in a kernel of its own. At the first
// token 4 heads have one row each: 16 bytes of scores and 16 of weights, each written and read.
// CHECK-LABEL: @attention
// CHECK-SAME: (%[[Q:[a-z0-9]*]]: tensor<1x4x8xf32>, %[[K:[a-z0-9]*]]: tensor<2x32x8xbf16>, %[[V:[a-z0-9]*]]: tensor<2x32x8xbf16>, %[[P:[a-z0-9]*]]: index, %[[E:[a-z0-9]*]]: tensor<1x4x8xf32>)
// CHECK-NEXT: %[[Y:.*]] = cria.kernel "attend" -> tensor<1x4x8xf32> {
// CHECK-NEXT:   %[[O:.*]] = cria.attend %[[Q]], %[[K]], %[[V]] at %[[P]] into %[[E]] {scale = 5.000000e-01 : f64}
// CHECK-NEXT:   cria.yield %[[O]]
// CHECK-NEXT: }
// CHECK-NEXT: return %[[Y]]
// REMARK: remark: [Passed] online-softmax {{.*}}Function=attention | bytes_saved=32, op=mix
// REMARK: remark: [Passed] online-softmax {{.*}}Function=attention | bytes_saved=32, op=softmax
func.func @attention(%q: tensor<1x4x8xf32>, %k: tensor<2x32x8xbf16>, %v: tensor<2x32x8xbf16>,
                     %p: index, %e: tensor<1x4x8xf32>) -> tensor<1x4x8xf32> {
  %0 = cria.attend %q, %k, %v at %p into %e {scale = 0.5 : f64}
     : tensor<1x4x8xf32>, tensor<2x32x8xbf16>, tensor<2x32x8xbf16> into tensor<1x4x8xf32>
  return %0 : tensor<1x4x8xf32>
}

// -----

// Scores may be in a kernel with the op that computes their query.
// CHECK-LABEL: @in_a_larger_kernel
// CHECK: %[[R:.*]] = cria.kernel "rope+attend"
// CHECK:   %[[Q:.*]] = cria.rope
// CHECK:   %[[O:.*]] = cria.attend %[[Q]],
// CHECK:   cria.yield %[[O]]
// REMARK-COUNT-2: remark: [Passed] online-softmax {{.*}}Function=in_a_larger_kernel
func.func @in_a_larger_kernel(%x: tensor<4x4x8xf32>, %c: tensor<4x4xf32>, %k: tensor<2x32x8xf32>, %p: index,
                              %s: tensor<4x4x32xf32>, %e: tensor<4x4x8xf32>) -> tensor<4x4x8xf32> {
  %scores = cria.kernel "rope+scores" -> tensor<4x4x32xf32> {
    %f = tensor.empty() : tensor<4x4x8xf32>
    %q = cria.rope %x, %c, %c into %f
       : tensor<4x4x8xf32>, tensor<4x4xf32>, tensor<4x4xf32> into tensor<4x4x8xf32>
    %0 = cria.scores %q, %k at %p into %s {scale = 1.0 : f64}
       : tensor<4x4x8xf32>, tensor<2x32x8xf32> into tensor<4x4x32xf32>
    cria.yield %0 : tensor<4x4x32xf32>
  }
  %w = cria.softmax %scores at %p into %s : tensor<4x4x32xf32> into tensor<4x4x32xf32>
  %o = cria.mix %w, %k at %p into %e
     : tensor<4x4x32xf32>, tensor<2x32x8xf32> into tensor<4x4x8xf32>
  return %o : tensor<4x4x8xf32>
}

// -----

// Other users of the attention weights need them in memory.
// CHECK-LABEL: @weights_elsewhere
// CHECK-NOT: cria.attend
// CHECK: cria.scores
// CHECK-NOT: cria.attend
// CHECK: cria.mix
// CHECK-NOT: cria.attend
// REMARK: remark: [Missed] online-softmax {{.*}}Function=weights_elsewhere | Reason="other ops read the attention weights too", op=mix
func.func @weights_elsewhere(%q: tensor<4x4x8xf32>, %k: tensor<2x32x8xf32>, %p: index,
    %s: tensor<4x4x32xf32>, %e: tensor<4x4x8xf32>) -> (tensor<4x4x8xf32>, tensor<4x4x32xf32>) {
  %x = cria.scores %q, %k at %p into %s {scale = 1.0 : f64}
     : tensor<4x4x8xf32>, tensor<2x32x8xf32> into tensor<4x4x32xf32>
  %w = cria.softmax %x at %p into %s : tensor<4x4x32xf32> into tensor<4x4x32xf32>
  %o = cria.mix %w, %k at %p into %e
     : tensor<4x4x32xf32>, tensor<2x32x8xf32> into tensor<4x4x8xf32>
  return %o, %w : tensor<4x4x8xf32>, tensor<4x4x32xf32>
}

// -----

// The same holds for the scores, here read by a second softmax.
// CHECK-LABEL: @scores_elsewhere
// CHECK-NOT: cria.attend
// CHECK: cria.scores
// CHECK-NOT: cria.attend
// CHECK: cria.mix
// CHECK-NOT: cria.attend
// REMARK: remark: [Missed] online-softmax {{.*}}Function=scores_elsewhere | Reason="other ops read the scores too", op=mix
func.func @scores_elsewhere(%q: tensor<4x4x8xf32>, %k: tensor<2x32x8xf32>, %p: index, %p2: index,
    %s: tensor<4x4x32xf32>, %e: tensor<4x4x8xf32>) -> (tensor<4x4x8xf32>, tensor<4x4x32xf32>) {
  %x = cria.scores %q, %k at %p into %s {scale = 1.0 : f64}
     : tensor<4x4x8xf32>, tensor<2x32x8xf32> into tensor<4x4x32xf32>
  %w = cria.softmax %x at %p into %s : tensor<4x4x32xf32> into tensor<4x4x32xf32>
  %o = cria.mix %w, %k at %p into %e
     : tensor<4x4x32xf32>, tensor<2x32x8xf32> into tensor<4x4x8xf32>
  %u = cria.softmax %x at %p2 into %s : tensor<4x4x32xf32> into tensor<4x4x32xf32>
  return %o, %u : tensor<4x4x8xf32>, tensor<4x4x32xf32>
}

// -----

// A softmax over fewer rows than there are scores is a different one.
// CHECK-LABEL: @positions
// CHECK-NOT: cria.attend
// CHECK: cria.scores
// CHECK-NOT: cria.attend
// CHECK: cria.mix
// CHECK-NOT: cria.attend
// REMARK: remark: [Missed] online-softmax {{.*}}Function=positions | Reason="its steps are at different positions", op=mix
func.func @positions(%q: tensor<4x4x8xf32>, %k: tensor<2x32x8xf32>, %p: index,
    %p2: index, %s: tensor<4x4x32xf32>, %e: tensor<4x4x8xf32>) -> (tensor<4x4x8xf32>) {
  %x = cria.scores %q, %k at %p into %s {scale = 1.0 : f64}
     : tensor<4x4x8xf32>, tensor<2x32x8xf32> into tensor<4x4x32xf32>
  %w = cria.softmax %x at %p2 into %s : tensor<4x4x32xf32> into tensor<4x4x32xf32>
  %o = cria.mix %w, %k at %p into %e
     : tensor<4x4x32xf32>, tensor<2x32x8xf32> into tensor<4x4x8xf32>
  return %o : tensor<4x4x8xf32>
}

// -----

// Attention has keys and values of one head dim and one type.
// CHECK-LABEL: @value_dim
// CHECK-NOT: cria.attend
// CHECK: cria.scores
// CHECK-NOT: cria.attend
// CHECK: cria.mix
// CHECK-NOT: cria.attend
// REMARK: remark: [Missed] online-softmax {{.*}}Function=value_dim | Reason="its keys and values differ in shape or type", op=mix
func.func @value_dim(%q: tensor<4x4x8xf32>, %k: tensor<2x32x8xf32>, %v: tensor<2x32x6xf32>,
    %p: index, %s: tensor<4x4x32xf32>, %e: tensor<4x4x6xf32>) -> (tensor<4x4x6xf32>) {
  %x = cria.scores %q, %k at %p into %s {scale = 1.0 : f64}
     : tensor<4x4x8xf32>, tensor<2x32x8xf32> into tensor<4x4x32xf32>
  %w = cria.softmax %x at %p into %s : tensor<4x4x32xf32> into tensor<4x4x32xf32>
  %o = cria.mix %w, %v at %p into %e
     : tensor<4x4x32xf32>, tensor<2x32x6xf32> into tensor<4x4x6xf32>
  return %o : tensor<4x4x6xf32>
}

// -----

// Values computed in the softmax's kernel are not available before it.
// CHECK-LABEL: @values_of_softmax
// CHECK-NOT: cria.attend
// CHECK: cria.scores
// CHECK-NOT: cria.attend
// CHECK: cria.mix
// CHECK-NOT: cria.attend
// REMARK: remark: [Missed] online-softmax {{.*}}Function=values_of_softmax | Reason="its other inputs depend on the one it would be fused with", op=mix
func.func @values_of_softmax(%q: tensor<4x4x8xf32>, %k: tensor<2x32x8xf32>, %r: tensor<4x16xf32>,
    %p: index, %s: tensor<4x4x32xf32>, %e: tensor<4x4x8xf32>) -> (tensor<4x4x8xf32>) {
  %x = cria.scores %q, %k at %p into %s {scale = 1.0 : f64}
     : tensor<4x4x8xf32>, tensor<2x32x8xf32> into tensor<4x4x32xf32>
  %w, %z = cria.kernel "softmax+residual" -> tensor<4x4x32xf32>, tensor<4x16xf32> {
    %0 = cria.softmax %x at %p into %s : tensor<4x4x32xf32> into tensor<4x4x32xf32>
    %1 = cria.residual %r into %r : tensor<4x16xf32> into tensor<4x16xf32>
    cria.yield %0, %1 : tensor<4x4x32xf32>, tensor<4x16xf32>
  }
  %rows = tensor.expand_shape %z [[0], [1, 2]] output_shape [4, 2, 8]
     : tensor<4x16xf32> into tensor<4x2x8xf32>
  %v = cria.kv_append %rows at %p into %k : tensor<4x2x8xf32> into tensor<2x32x8xf32>
  %o = cria.mix %w, %v at %p into %e
     : tensor<4x4x32xf32>, tensor<2x32x8xf32> into tensor<4x4x8xf32>
  return %o : tensor<4x4x8xf32>
}

// -----

// Anything but all three steps is left alone, without a remark.
// CHECK-LABEL: @no_softmax
// CHECK: cria.kernel "scores"
// CHECK: cria.kernel "mix"
func.func @no_softmax(%q: tensor<4x4x8xf32>, %k: tensor<2x32x8xf32>, %p: index,
    %s: tensor<4x4x32xf32>, %e: tensor<4x4x8xf32>) -> tensor<4x4x8xf32> {
  %x = cria.scores %q, %k at %p into %s {scale = 1.0 : f64}
     : tensor<4x4x8xf32>, tensor<2x32x8xf32> into tensor<4x4x32xf32>
  %o = cria.mix %x, %k at %p into %e
     : tensor<4x4x32xf32>, tensor<2x32x8xf32> into tensor<4x4x8xf32>
  return %o : tensor<4x4x8xf32>
}
