// RUN: cria-opt %s --split-input-file --cria-outline-kernels --canonicalize | FileCheck %s

// A kernel becomes a function of the worker and of what it uses from outside; views, constants and
// weights are made again inside. A barrier with the kernel's number follows each call. The table of
// kernels says how often each is called, and its cost if that was recorded.
// CHECK: module attributes {cria.kernels = [
// CHECK-SAME: {bytes = array<i64: 1, 2, 3, 4>, calls = 3 : i64, flops = array<i64: 0, 0, 0, 0>, name = "step.fill"}
// CHECK-SAME: {bytes = array<i64: 0, 0, 0, 0>, calls = 1 : i64, flops = array<i64: 0, 0, 0, 0>, name = "step.last"}
module {
  cria.param @w "w{}" x 3 repeated : tensor<4xf32>
  // CHECK-LABEL: func.func private @step(
  // CHECK-SAME: %[[WORKER:.*]]: !llvm.ptr, %[[TABLE:.*]]: !cria.weights, %[[X:.*]]: memref<8xf32>)
  func.func private @step(%table: !cria.weights, %x: memref<8xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c3 = arith.constant 3 : index
    // CHECK: scf.for %[[LAYER:.*]] =
    // CHECK: func.call @step.fill(%[[WORKER]], %[[TABLE]], %[[LAYER]], %[[X]])
    // CHECK: func.call @cria_team_barrier(%[[WORKER]], %{{.*}}) : (!llvm.ptr, i64) -> ()
    scf.for %layer = %c0 to %c3 step %c1 {
      %half = memref.subview %x[4] [4] [1] : memref<8xf32> to memref<4xf32, strided<[1], offset: 4>>
      %w = cria.weight %table, @w[%layer] : memref<4xf32>
      cria.kernel "fill" attributes {cria.bytes = array<i64: 1, 2, 3, 4>} {
        scf.forall (%i) in (4) {
          %v = memref.load %w[%i] : memref<4xf32>
          memref.store %v, %half[%i] : memref<4xf32, strided<[1], offset: 4>>
        }
        cria.yield
      }
    }
    // CHECK: call @step.last(%[[WORKER]], %[[X]])
    // CHECK: call @cria_team_barrier(%[[WORKER]],
    cria.kernel "last" {
      %zero = arith.constant 0.0 : f32
      memref.store %zero, %x[%c0] : memref<8xf32>
      cria.yield
    }
    return
  }
  // CHECK: func.func private @step.fill(%{{.*}}: !llvm.ptr, %[[T:.*]]: !cria.weights, %[[L:.*]]: index, %[[Y:.*]]: memref<8xf32>)
  // CHECK-SAME: attributes {cria.kernel, passthrough = ["noinline"]}
  // CHECK-DAG: memref.subview %[[Y]][4] [4] [1]
  // CHECK-DAG: cria.weight %[[T]], @w[%[[L]]]
  // CHECK: scf.forall
  // CHECK: func.func private @step.last(
  // CHECK: func.func private @cria_team_next(!llvm.ptr) -> i64
  // CHECK: func.func private @cria_team_barrier(!llvm.ptr, i64)
}

// -----

// A copy between kernels is a kernel as well: threads share what it writes.
// CHECK-LABEL: func.func private @copied(
// CHECK: call @copied.copy(
// CHECK: call @cria_team_barrier(
// CHECK: func.func private @copied.copy(
// CHECK-NEXT: memref.copy
func.func private @copied(%x: memref<8xf32>, %y: memref<8xf32>) {
  memref.copy %x, %y : memref<8xf32> to memref<8xf32>
  return
}
