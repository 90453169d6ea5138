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

// What a kernel yields is in the workspace, and so are views of it. What only the kernel uses stays
// inside.
// CHECK-LABEL: @kernel
// CHECK-SAME: (%[[SPACE:.*]]: memref<64xi8>)
// CHECK: %[[OUT:.*]] = memref.view %[[SPACE]]
// CHECK: cria.kernel "k" {
// CHECK: %[[OWN:.*]] = memref.alloc() : memref<8xf32>
// CHECK: memref.copy %[[OWN]], %[[OUT]]
// CHECK: "test.use"(%[[OUT]])
func.func @kernel() {
  %0 = cria.kernel "k" -> memref<8xf32> {
    %a = memref.alloc() : memref<8xf32>
    %b = memref.alloc() : memref<8xf32>
    memref.copy %a, %b : memref<8xf32> to memref<8xf32>
    cria.yield %b : memref<8xf32>
  }
  "test.use"(%0) : (memref<8xf32>) -> ()
  return
}

// -----

// So is the view of memory from outside that a kernel yields.
// CHECK-LABEL: @part
// CHECK: %[[PART:.*]] = memref.subview %{{.*}}[4] [4] [1]
// CHECK: cria.kernel "part" attributes {{{.*}}} {
// CHECK-NOT: cria.yield
// CHECK: "test.use"(%[[PART]])
module {
  func.func @part(%x: memref<8xf32>) {
    %0 = cria.kernel "part" -> memref<4xf32, strided<[1], offset: 4>> attributes {test} {
      %part = memref.subview %x[4] [4] [1] : memref<8xf32> to memref<4xf32, strided<[1], offset: 4>>
      "test.use"(%part) : (memref<4xf32, strided<[1], offset: 4>>) -> ()
      cria.yield %part : memref<4xf32, strided<[1], offset: 4>>
    }
    "test.use"(%0) : (memref<4xf32, strided<[1], offset: 4>>) -> ()
    return
  }
}
