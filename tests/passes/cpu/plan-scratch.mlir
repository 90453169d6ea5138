// RUN: cria-opt %s --cria-plan-scratch --canonicalize --allow-unregistered-dialect | FileCheck %s

// The largest need of any kernel is that of all functions.
// CHECK: module attributes {cria.scratch_bytes = 192 : i64}
module {
  // CHECK: func.func private @decode(%{{.*}}: !llvm.ptr, %[[SCRATCH:.*]]: memref<192xi8>)
  // CHECK: call @decode.a(%{{.*}}, %[[SCRATCH]])
  // CHECK: call @cria_team_barrier(%{{.*}}, %{{[a-z0-9_]+}}) :
  func.func private @decode(%worker: !llvm.ptr) {
    %c0 = arith.constant 0 : i64
    call @decode.a(%worker) : (!llvm.ptr) -> ()
    call @cria_team_barrier(%worker, %c0) : (!llvm.ptr, i64) -> ()
    return
  }

  // All tiles of a thread use the same memory; a partial tile has the space of a full one.
  // CHECK: func.func private @decode.a(%{{.*}}: !llvm.ptr, %[[SCRATCH:.*]]: memref<192xi8>)
  // CHECK-DAG: %[[C0:.*]] = arith.constant 0 : index
  // CHECK-DAG: %[[C64:.*]] = arith.constant 64 : index
  // CHECK-NOT: memref.alloc
  // CHECK: memref.view %[[SCRATCH]][%[[C0]]][] : memref<192xi8> to memref<10xf32>
  // CHECK: scf.forall
  // CHECK: memref.view %[[SCRATCH]][%[[C64]]][%{{.*}}] : memref<192xi8> to memref<?xf32>
  func.func private @decode.a(%worker: !llvm.ptr) attributes {cria.kernel} {
    %a = memref.alloc() : memref<10xf32>
    scf.forall (%i) = (0) to (70) step (32) {
      %n = affine.min affine_map<(d0) -> (-d0 + 70, 32)>(%i)
      %b = memref.alloca(%n) : memref<?xf32>
      "test.use"(%a, %b) : (memref<10xf32>, memref<?xf32>) -> ()
    }
    return
  }
  func.func private @cria_team_barrier(!llvm.ptr, i64)
}
