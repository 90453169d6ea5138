// RUN: cria-opt %s --split-input-file --cria-split-rows --canonicalize --cse | FileCheck %s

// Five cores for two kv heads make three parts per head. The third part may be shorter, or empty.
// CHECK: module
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" =
    #dlti.target_device_spec<"l1_bytes" = 512 : i64, "cores" = 5 : i64>>} {
  // CHECK-LABEL: @parts
  // CHECK-SAME: %[[Q:[a-z0-9]*]]: tensor<1x6x8xf32>, %[[K:[a-z0-9]*]]: tensor<2x64x8xf32>
  // CHECK-SAME: %[[P:[a-z0-9]*]]: index
  // CHECK: %[[ROWS_OF:.*]]:2 = cria.kernel "attend_rows" -> tensor<3x6x8xf32>, tensor<3x6x2xf32> {
  // CHECK: %[[SHARE:.*]] = arith.divui
  // CHECK: scf.forall (%[[PART:.*]], %[[G:.*]]) in (3, 2) shared_outs(%[[M:.*]] = %{{.*}}, %[[S:.*]] = %{{.*}})
  // CHECK: %[[HEAD:.*]] = arith.muli %[[G]], %{{.*}}
  // CHECK: %[[BEGIN:.*]] = arith.muli %[[PART]], %[[SHARE]]
  // CHECK: %[[END:.*]] = arith.addi %[[BEGIN]], %[[SHARE]]
  // CHECK-DAG: tensor.extract_slice %[[M]][%[[PART]], %[[HEAD]], 0] [1, 3, 8]
  // CHECK-DAG: tensor.extract_slice %[[S]][%[[PART]], %[[HEAD]], 0] [1, 3, 2]
  // CHECK-DAG: tensor.extract_slice %[[Q]][0, %[[HEAD]], 0] [1, 3, 8]
  // CHECK-DAG: tensor.extract_slice %[[K]][%[[G]], 0, 0] [1, 64, 8]
  // CHECK-DAG: %[[FROM:.*]] = arith.minui %[[BEGIN]], %[[ROWS:.*]]
  // CHECK-DAG: %[[TO:.*]] = arith.minui %[[END]], %[[ROWS]]
  // CHECK: cria.attend_rows {{.*}} from %[[FROM]] to %[[TO]]
  // CHECK: cria.yield
  // CHECK: cria.kernel "combine" -> tensor<1x6x8xf32> {
  // CHECK: cria.combine %[[ROWS_OF]]#0, %[[ROWS_OF]]#1 into %{{.*}} : tensor<3x6x8xf32>, tensor<3x6x2xf32> into tensor<1x6x8xf32>
  func.func @parts(%q: tensor<1x6x8xf32>, %k: tensor<2x64x8xf32>, %v: tensor<2x64x8xf32>,
                   %p: index, %e: tensor<1x6x8xf32>) -> tensor<1x6x8xf32> {
    %y = cria.kernel "attend" -> tensor<1x6x8xf32> {
      %0 = cria.attend %q, %k, %v at %p into %e {scale = 1.0 : f64}
         : tensor<1x6x8xf32>, tensor<2x64x8xf32>, tensor<2x64x8xf32> into tensor<1x6x8xf32>
      cria.yield %0 : tensor<1x6x8xf32>
    }
    return %y : tensor<1x6x8xf32>
  }

  // The query is computed by the first kernel; a reshape of the result belongs to the second.
  // CHECK-LABEL: @around
  // CHECK: cria.kernel "attend_rows"
  // CHECK: cria.rope
  // CHECK: cria.attend_rows
  // CHECK: cria.kernel "combine" -> tensor<1x48xf32> {
  // CHECK: tensor.empty() : tensor<1x6x8xf32>
  // CHECK: cria.combine
  // CHECK: tensor.collapse_shape
  func.func @around(%q: tensor<1x6x8xf32>, %c: tensor<1x4xf32>, %k: tensor<2x64x8xf32>,
                    %p: index) -> tensor<1x48xf32> {
    %y = cria.kernel "attend" -> tensor<1x48xf32> {
      %e = tensor.empty() : tensor<1x6x8xf32>
      %r = cria.rope %q, %c, %c into %e
         : tensor<1x6x8xf32>, tensor<1x4xf32>, tensor<1x4xf32> into tensor<1x6x8xf32>
      %0 = cria.attend %r, %k, %k at %p into %e {scale = 1.0 : f64}
         : tensor<1x6x8xf32>, tensor<2x64x8xf32>, tensor<2x64x8xf32> into tensor<1x6x8xf32>
      %1 = tensor.collapse_shape %0 [[0], [1, 2]] : tensor<1x6x8xf32> into tensor<1x48xf32>
      cria.yield %1 : tensor<1x48xf32>
    }
    return %y : tensor<1x48xf32>
  }

  // Prompts keep all cores busy.
  // CHECK-LABEL: @prompt
  // CHECK-NOT: attend_rows
  func.func @prompt(%q: tensor<4x6x8xf32>, %k: tensor<2x64x8xf32>, %p: index,
                    %e: tensor<4x6x8xf32>) -> tensor<4x6x8xf32> {
    %y = cria.kernel "attend" -> tensor<4x6x8xf32> {
      %0 = cria.attend %q, %k, %k at %p into %e {scale = 1.0 : f64}
         : tensor<4x6x8xf32>, tensor<2x64x8xf32>, tensor<2x64x8xf32> into tensor<4x6x8xf32>
      cria.yield %0 : tensor<4x6x8xf32>
    }
    return %y : tensor<4x6x8xf32>
  }

  // So do five kv heads.
  // CHECK-LABEL: @heads
  // CHECK-NOT: attend_rows
  func.func @heads(%q: tensor<1x5x8xf32>, %k: tensor<5x64x8xf32>, %p: index,
                   %e: tensor<1x5x8xf32>) -> tensor<1x5x8xf32> {
    %y = cria.kernel "attend" -> tensor<1x5x8xf32> {
      %0 = cria.attend %q, %k, %k at %p into %e {scale = 1.0 : f64}
         : tensor<1x5x8xf32>, tensor<5x64x8xf32>, tensor<5x64x8xf32> into tensor<1x5x8xf32>
      cria.yield %0 : tensor<1x5x8xf32>
    }
    return %y : tensor<1x5x8xf32>
  }

  // Rows that one core reads at once are not split.
  // CHECK-LABEL: @short
  // CHECK-NOT: attend_rows
  func.func @short(%q: tensor<1x6x8xf32>, %k: tensor<2x15x8xf32>, %p: index,
                   %e: tensor<1x6x8xf32>) -> tensor<1x6x8xf32> {
    %y = cria.kernel "attend" -> tensor<1x6x8xf32> {
      %0 = cria.attend %q, %k, %k at %p into %e {scale = 1.0 : f64}
         : tensor<1x6x8xf32>, tensor<2x15x8xf32>, tensor<2x15x8xf32> into tensor<1x6x8xf32>
      cria.yield %0 : tensor<1x6x8xf32>
    }
    return %y : tensor<1x6x8xf32>
  }
}

// -----

// Without a description, the machine has one core.
// CHECK-LABEL: @one_core
// CHECK-NOT: attend_rows
func.func @one_core(%q: tensor<1x1x64xf32>, %k: tensor<1x4096x64xf32>, %p: index,
                    %e: tensor<1x1x64xf32>) -> tensor<1x1x64xf32> {
  %y = cria.kernel "attend" -> tensor<1x1x64xf32> {
    %0 = cria.attend %q, %k, %k at %p into %e {scale = 1.0 : f64}
       : tensor<1x1x64xf32>, tensor<1x4096x64xf32>, tensor<1x4096x64xf32> into tensor<1x1x64xf32>
    cria.yield %0 : tensor<1x1x64xf32>
  }
  return %y : tensor<1x1x64xf32>
}
