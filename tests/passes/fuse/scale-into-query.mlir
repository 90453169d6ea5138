// RUN: cria-opt %s --split-input-file --cria-group-kernels --cria-fuse-scale-into-query \
// RUN:   --canonicalize --cse | FileCheck %s --check-prefixes=CHECK,ATTEND
// RUN: cria-opt %s --split-input-file --cria-split-attention --cria-group-kernels \
// RUN:   --cria-fuse-scale-into-query --canonicalize --cse | FileCheck %s --check-prefixes=CHECK,SCORES
// RUN: cria-opt %s --split-input-file --cria-group-kernels --cria-fuse-scale-into-query \
// RUN:   --remarks-filter=fusion --remark-format=emitRemark -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=REMARK --implicit-check-not=remark:

// Products with keys are linear in the query: halving it halves them.
// CHECK-LABEL: @through_reshape
// CHECK: cria.linear {{.*}} {alpha = 5.000000e-01 : f64}
// ATTEND: cria.attend {{.*}} {scale = 1.000000e+00 : f64}
// SCORES: cria.scores {{.*}} {scale = 1.000000e+00 : f64}
// REMARK: remark: [Passed] scale-into-query {{.*}}Function=through_reshape | bytes_saved=0, op=attend
func.func @through_reshape(%x: tensor<4x24xf32>, %w: tensor<32x24xf32>, %k: tensor<2x32x8xf32>,
    %p: index, %f: tensor<4x32xf32>, %e: tensor<4x4x8xf32>) -> tensor<4x4x8xf32> {
  %y = cria.linear %x, %w into %f : tensor<4x24xf32>, tensor<32x24xf32> into tensor<4x32xf32>
  %q = tensor.expand_shape %y [[0], [1, 2]] output_shape [4, 4, 8]
     : tensor<4x32xf32> into tensor<4x4x8xf32>
  %o = cria.attend %q, %k, %k at %p into %e {scale = 0.5 : f64}
     : tensor<4x4x8xf32>, tensor<2x32x8xf32>, tensor<2x32x8xf32> into tensor<4x4x8xf32>
  return %o : tensor<4x4x8xf32>
}

// -----

// So is the rotation. An existing factor is kept.
// CHECK-LABEL: @through_rotation
// CHECK: cria.linear {{.*}} {alpha = 1.500000e+00 : f64}
// CHECK: cria.rope
// ATTEND: cria.attend {{.*}} {scale = 1.000000e+00 : f64}
// SCORES: cria.scores {{.*}} {scale = 1.000000e+00 : f64}
// REMARK: remark: [Passed] scale-into-query {{.*}}Function=through_rotation
func.func @through_rotation(%x: tensor<4x24xf32>, %w: tensor<32x24xf32>, %k: tensor<2x32x8xf32>,
    %c: tensor<4x4xf32>, %p: index, %f: tensor<4x32xf32>, %e: tensor<4x4x8xf32>)
    -> tensor<4x4x8xf32> {
  %y = cria.linear %x, %w into %f {alpha = 3.0 : f64}
     : tensor<4x24xf32>, tensor<32x24xf32> into tensor<4x32xf32>
  %h = tensor.expand_shape %y [[0], [1, 2]] output_shape [4, 4, 8]
     : tensor<4x32xf32> into tensor<4x4x8xf32>
  %q = cria.rope %h, %c, %c into %e
     : tensor<4x4x8xf32>, tensor<4x4xf32>, tensor<4x4xf32> into tensor<4x4x8xf32>
  %o = cria.attend %q, %k, %k at %p into %e {scale = 0.5 : f64}
     : tensor<4x4x8xf32>, tensor<2x32x8xf32>, tensor<2x32x8xf32> into tensor<4x4x8xf32>
  return %o : tensor<4x4x8xf32>
}

// -----

// A query with other users stays unscaled.
// CHECK-LABEL: @query_elsewhere
// CHECK: cria.linear
// CHECK-NOT: alpha
// ATTEND: cria.attend {{.*}} {scale = 5.000000e-01 : f64}
// SCORES: cria.scores {{.*}} {scale = 5.000000e-01 : f64}
// REMARK: remark: [Missed] scale-into-query {{.*}}Function=query_elsewhere | Reason="other ops read the query too", op=attend
func.func @query_elsewhere(%x: tensor<4x24xf32>, %w: tensor<32x24xf32>, %k: tensor<2x32x8xf32>,
    %p: index, %f: tensor<4x32xf32>, %e: tensor<4x4x8xf32>)
    -> (tensor<4x4x8xf32>, tensor<4x32xf32>) {
  %y = cria.linear %x, %w into %f : tensor<4x24xf32>, tensor<32x24xf32> into tensor<4x32xf32>
  %q = tensor.expand_shape %y [[0], [1, 2]] output_shape [4, 4, 8]
     : tensor<4x32xf32> into tensor<4x4x8xf32>
  %o = cria.attend %q, %k, %k at %p into %e {scale = 0.5 : f64}
     : tensor<4x4x8xf32>, tensor<2x32x8xf32>, tensor<2x32x8xf32> into tensor<4x4x8xf32>
  return %o, %y : tensor<4x4x8xf32>, tensor<4x32xf32>
}

// -----

// A query that no linear computes is left alone, without a remark.
// CHECK-LABEL: @no_linear
// ATTEND: cria.attend {{.*}} {scale = 5.000000e-01 : f64}
// SCORES: cria.scores {{.*}} {scale = 5.000000e-01 : f64}
func.func @no_linear(%q: tensor<4x4x8xf32>, %k: tensor<2x32x8xf32>, %p: index,
                     %e: tensor<4x4x8xf32>) -> tensor<4x4x8xf32> {
  %o = cria.attend %q, %k, %k at %p into %e {scale = 0.5 : f64}
     : tensor<4x4x8xf32>, tensor<2x32x8xf32>, tensor<2x32x8xf32> into tensor<4x4x8xf32>
  return %o : tensor<4x4x8xf32>
}
