// What the dialect has no ops for is refused, in words.
// RUN: not criac %S/accept/every-block.cpp --random-weights=1 --emit=mlir 2>&1 | FileCheck %s
// CHECK: criac: error: spec: model.{{.*}}norm: layer_norm is not compiled yet, only rms_norm
