// RUN: cria-opt %s --cria-outline-kernels --canonicalize --cse --allow-unregistered-dialect | FileCheck %s

// A row of the table per kernel, in the order of calls; costs as far as they were recorded.
// CHECK: module attributes {cria.kernels = [
// CHECK-SAME: {bytes = array<i64: 1, 2, 3, 4>, calls = 3 : i64, flops = array<i64: 0, 0, 0, 0>, name = "decode.scale"}
// CHECK-SAME: {bytes = array<i64: 0, 0, 0, 0>, calls = 1 : i64, flops = array<i64: 0, 0, 0, 0>, name = "decode.last"}
module {
  cria.param @w "w.{}" x 3 repeated : tensor<4xf32>

  // CHECK: func.func private @decode(%[[WORKER:[a-z0-9]+]]: !llvm.ptr, %[[T:[a-z0-9]+]]: !cria.weights,
  // CHECK-SAME: %[[X:[a-z0-9]+]]: memref<3x4xf32>, %[[SPACE:[a-z0-9]+]]: memref<64xi8>)
  // CHECK: scf.for %[[L:.*]] = %c0 to %c3
  // CHECK-NEXT: func.call @decode.scale(%[[WORKER]],
  // CHECK-NEXT: func.call @cria_team_barrier(%[[WORKER]], %c0_i64)
  // CHECK: call @decode.last(%[[WORKER]],
  // CHECK-NEXT: call @cria_team_barrier(%[[WORKER]], %c1_i64)
  // CHECK-NEXT: return
  func.func private @decode(%t: !cria.weights, %x: memref<3x4xf32>, %space: memref<64xi8>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c3 = arith.constant 3 : index
    %y = memref.view %space[%c0][] : memref<64xi8> to memref<4xf32>
    // Views, weights and numbers are repeated inside; arguments are whole buffers and indices.
    // CHECK: func.func private @decode.scale(%{{[a-z0-9]+}}: !llvm.ptr
    // CHECK-SAME: attributes {cria.kernel, {{.*}}passthrough = ["noinline"]}
    // CHECK-NOT: strided
    // CHECK-DAG: cria.weight %{{.*}}, @w[%{{.*}}]
    // CHECK-DAG: memref.subview
    // CHECK-DAG: memref.view
    // CHECK: scf.forall
    scf.for %i = %c0 to %c3 step %c1 {
      %w = cria.weight %t, @w[%i] : memref<4xf32>
      %row = memref.subview %x[%i, 0] [1, 4] [1, 1]
           : memref<3x4xf32> to memref<4xf32, strided<[1], offset: ?>>
      cria.kernel "scale" attributes {cria.bytes = array<i64: 1, 2, 3, 4>} {
        %own = memref.alloc() : memref<f32>
        %one = arith.constant 1.0 : f32
        memref.store %one, %own[] : memref<f32>
        scf.forall (%j) in (4) {
          %a = memref.load %w[%j] : memref<4xf32>
          %b = memref.load %row[%j] : memref<4xf32, strided<[1], offset: ?>>
          %p = arith.mulf %a, %b : f32
          memref.store %p, %y[%j] : memref<4xf32>
        }
      }
    }
    cria.kernel "last" {
      "test.use"(%y) : (memref<4xf32>) -> ()
    }
    return
  }
  // CHECK: func.func private @decode.last(
  // CHECK: func.func private @cria_team_next(!llvm.ptr) -> i64
  // CHECK: func.func private @cria_team_barrier(!llvm.ptr, i64)
}
