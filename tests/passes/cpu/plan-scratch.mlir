// RUN: cria-opt %s --cria-plan-scratch --canonicalize --allow-unregistered-dialect | FileCheck %s

// Every function gets a thread's scratch memory, as much as the one that needs most. Buffers are at
// offsets of it, each on a cache line, wherever they were allocated.
// CHECK: module attributes {cria.scratch_bytes = 192 : i64}
module {
  // CHECK-LABEL: func.func private @step(
  // CHECK-SAME: %{{.*}}: !llvm.ptr, %[[S:.*]]: memref<192xi8>)
  // CHECK: call @k(%{{.*}}, %[[S]]) : (!llvm.ptr, memref<192xi8>) -> ()
  func.func private @step(%worker: !llvm.ptr) {
    call @k(%worker) : (!llvm.ptr) -> ()
    return
  }
  // CHECK-LABEL: func.func private @k(
  // CHECK-SAME: %{{.*}}: !llvm.ptr, %[[SCRATCH:.*]]: memref<192xi8>)
  // CHECK-DAG: %[[C0:.*]] = arith.constant 0 : index
  // CHECK-DAG: %[[C128:.*]] = arith.constant 128 : index
  // CHECK: %[[A:.*]] = memref.view %[[SCRATCH]][%[[C0]]][] : memref<192xi8> to memref<17xf32>
  // CHECK: scf.forall
  // CHECK: %[[B:.*]] = memref.view %[[SCRATCH]][%[[C128]]][] : memref<192xi8> to memref<8xbf16>
  // CHECK: "test.use"(%[[A]], %[[B]])
  // CHECK-NOT: memref.alloc
  func.func private @k(%worker: !llvm.ptr) attributes {cria.kernel} {
    %a = memref.alloc() : memref<17xf32>
    scf.forall (%i) in (8) {
      %b = memref.alloca() : memref<8xbf16>
      "test.use"(%a, %b) : (memref<17xf32>, memref<8xbf16>) -> ()
    }
    return
  }
}
