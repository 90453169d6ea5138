// RUN: cria-opt %s --split-input-file --cria-split-rows --canonicalize --cse | FileCheck %s

// Five cores for two kv heads make three parts per head. The third part may be shorter, or empty.
// CHECK: module
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" =
    #dlti.target_device_spec<"l1_bytes" = 512 : i64, "cores" = 5 : i64>>} {
  // CHECK-LABEL: @parts
  // CHECK-SAME: %[[Q:[a-z0-9]*]]: tensor<1x6x8xf32>, %[[K:[a-z0-9]*]]: tensor<2x64x8xf32>
  // CHECK-SAME: %[[P:[a-z0-9]*]]: index
  // CHECK-DAG: %[[C1:.*]] = arith.constant 1 : index
  // CHECK-DAG: %[[C3:.*]] = arith.constant 3 : index
  // CHECK-DAG: %[[MIXED:.*]] = tensor.empty() : tensor<3x6x8xf32>
  // CHECK-DAG: %[[STATS:.*]] = tensor.empty() : tensor<3x6x2xf32>
  // CHECK: %[[ROWS:.*]] = arith.addi %[[P]], %[[C1]]
  // CHECK: %[[UP:.*]] = arith.addi %[[P]], %[[C3]]
  // CHECK: %[[SHARE:.*]] = arith.divui %[[UP]], %[[C3]]
  // CHECK: scf.forall (%[[PART:.*]], %[[G:.*]]) in (3, 2) shared_outs(%[[M:.*]] = %[[MIXED]], %[[S:.*]] = %[[STATS]])
  // CHECK: %[[HEAD:.*]] = arith.muli %[[G]], %[[C3]]
  // CHECK: %[[BEGIN:.*]] = arith.muli %[[PART]], %[[SHARE]]
  // CHECK: %[[END:.*]] = arith.addi %[[BEGIN]], %[[SHARE]]
  // CHECK-DAG: tensor.extract_slice %[[M]][%[[PART]], %[[HEAD]], 0] [1, 3, 8]
  // CHECK-DAG: tensor.extract_slice %[[S]][%[[PART]], %[[HEAD]], 0] [1, 3, 2]
  // CHECK-DAG: tensor.extract_slice %[[Q]][0, %[[HEAD]], 0] [1, 3, 8]
  // CHECK-DAG: tensor.extract_slice %[[K]][%[[G]], 0, 0] [1, 64, 8]
  // CHECK-DAG: %[[FROM:.*]] = arith.minui %[[BEGIN]], %[[ROWS]]
  // CHECK-DAG: %[[TO:.*]] = arith.minui %[[END]], %[[ROWS]]
  // CHECK: cria.attend_rows {{.*}} from %[[FROM]] to %[[TO]]
  // CHECK: cria.combine {{.*}} into %{{.*}} : tensor<3x6x8xf32>, tensor<3x6x2xf32> into tensor<1x6x8xf32>
  func.func @parts(%q: tensor<1x6x8xf32>, %k: tensor<2x64x8xf32>, %v: tensor<2x64x8xf32>,
                   %p: index, %e: tensor<1x6x8xf32>) -> tensor<1x6x8xf32> {
    %y = cria.kernel "attend" -> tensor<1x6x8xf32> {
      %0 = cria.attend %q, %k, %v at %p into %e {scale = 1.0 : f64}
         : tensor<1x6x8xf32>, tensor<2x64x8xf32>, tensor<2x64x8xf32> into tensor<1x6x8xf32>
      cria.yield %0 : tensor<1x6x8xf32>
    }
    return %y : tensor<1x6x8xf32>
  }

  // Prompts keep all cores busy; so do five kv heads. Rows that one core reads at once are not split.
  // CHECK-LABEL: @whole
  // CHECK-NOT: attend_rows
  func.func @whole(%q: tensor<4x6x8xf32>, %k: tensor<2x64x8xf32>, %p: index, %e: tensor<4x6x8xf32>,
                   %r: tensor<1x5x8xf32>, %l: tensor<5x64x8xf32>, %f: tensor<1x5x8xf32>,
                   %s: tensor<1x6x8xf32>, %m: tensor<2x15x8xf32>, %g: tensor<1x6x8xf32>)
      -> (tensor<4x6x8xf32>, tensor<1x5x8xf32>, tensor<1x6x8xf32>) {
    %y:3 = cria.kernel "attend" -> tensor<4x6x8xf32>, tensor<1x5x8xf32>, tensor<1x6x8xf32> {
      %0 = cria.attend %q, %k, %k at %p into %e {scale = 1.0 : f64}
         : tensor<4x6x8xf32>, tensor<2x64x8xf32>, tensor<2x64x8xf32> into tensor<4x6x8xf32>
      %1 = cria.attend %r, %l, %l at %p into %f {scale = 1.0 : f64}
         : tensor<1x5x8xf32>, tensor<5x64x8xf32>, tensor<5x64x8xf32> into tensor<1x5x8xf32>
      %2 = cria.attend %s, %m, %m at %p into %g {scale = 1.0 : f64}
         : tensor<1x6x8xf32>, tensor<2x15x8xf32>, tensor<2x15x8xf32> into tensor<1x6x8xf32>
      cria.yield %0, %1, %2 : tensor<4x6x8xf32>, tensor<1x5x8xf32>, tensor<1x6x8xf32>
    }
    return %y#0, %y#1, %y#2 : tensor<4x6x8xf32>, tensor<1x5x8xf32>, tensor<1x6x8xf32>
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
