// RUN: cria-opt %s --split-input-file --cria-plan-workspace --canonicalize --allow-unregistered-dialect | FileCheck %s

// The module needs the maximum over its functions.
// CHECK: module attributes {cria.workspace_bytes = 192 : i64}
module {
  // Each intermediate starts on a cache line of 64 bytes: 40 bytes take 64, 72 take 128.
  // CHECK-LABEL: @two
  // CHECK-SAME: (%[[X:.*]]: memref<10xf32>, %[[SPACE:.*]]: memref<192xi8>)
  func.func @two(%x: memref<10xf32>) {
    // CHECK-DAG: %[[C0:.*]] = arith.constant 0 : index
    // CHECK-DAG: %[[C64:.*]] = arith.constant 64 : index
    // CHECK-NOT: memref.alloc
    // CHECK: %[[A:.*]] = memref.view %[[SPACE]][%[[C0]]][] : memref<192xi8> to memref<10xf32>
    // CHECK: memref.copy %[[X]], %[[A]]
    // CHECK: %[[B:.*]] = memref.view %[[SPACE]][%[[C64]]][] : memref<192xi8> to memref<4x9xbf16>
    // CHECK: "test.use"(%[[B]])
    // CHECK-NOT: memref.dealloc
    // CHECK: return
    %a = memref.alloc() {alignment = 64 : i64} : memref<10xf32>
    memref.copy %x, %a : memref<10xf32> to memref<10xf32>
    %b = memref.alloc() : memref<4x9xbf16>
    "test.use"(%b) : (memref<4x9xbf16>) -> ()
    memref.dealloc %a : memref<10xf32>
    memref.dealloc %b : memref<4x9xbf16>
    return
  }

  // An element occupies whole bytes.
  // CHECK-LABEL: @bits
  // CHECK-SAME: memref<128xi8>
  func.func @bits() {
    %a = memref.alloc() : memref<65xi1>
    "test.use"(%a) : (memref<65xi1>) -> ()
    return
  }

  // All iterations of a loop use the same memory.
  // CHECK-LABEL: @loop
  // CHECK-SAME: %{{.*}}: index, %[[SPACE:.*]]: memref<64xi8>
  // CHECK: scf.for
  // CHECK: memref.view %[[SPACE]]
  func.func @loop(%n: index) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    scf.for %i = %c0 to %n step %c1 {
      %a = memref.alloc() : memref<1xf32>
      "test.use"(%a) : (memref<1xf32>) -> ()
    }
    return
  }

  // All functions get a workspace, so that callers need not know which ones use it.
  // CHECK-LABEL: @nothing
  // CHECK-SAME: (%{{.*}}: memref<0xi8>)
  func.func @nothing() {
    return
  }

  // CHECK: func.func private @declared(index)
  func.func private @declared(index)
}

// -----

// The memory of a result is made outside of its kernel, with what its size needs; other memory of a
// kernel stays inside.
// CHECK-LABEL: @results
// CHECK-SAME: %[[SPACE:[a-z0-9]+]]: memref<64xi8>
// CHECK: %[[N:.*]] = affine.min
// CHECK: %[[Y:.*]] = memref.view %[[SPACE]][%{{.*}}][%[[N]]]
// CHECK: cria.kernel "k" {
// CHECK-NEXT: memref.alloc() : memref<2xf32>
// CHECK: "test.use"(%[[Y]])
func.func @results(%i: index) {
  %y = cria.kernel "k" -> memref<?xf32> {
    %n = affine.min affine_map<(d0) -> (d0, 9)>(%i)
    %a = memref.alloc(%n) : memref<?xf32>
    %own = memref.alloc() : memref<2xf32>
    "test.use"(%a, %own) : (memref<?xf32>, memref<2xf32>) -> ()
    cria.yield %a : memref<?xf32>
  }
  "test.use"(%y) : (memref<?xf32>) -> ()
  return
}
