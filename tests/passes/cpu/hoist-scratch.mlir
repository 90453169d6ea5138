// RUN: cria-opt %s --cria-hoist-scratch | FileCheck %s

// Buffers of tiles are allocated once, where a thread enters the loop.
// CHECK-LABEL: @tiles
// CHECK:       omp.parallel
// CHECK-NEXT:    memref.alloca() {alignment = 64 : i64} : memref<512xi8>
// CHECK:         omp.wsloop
// CHECK-NOT:     memref.alloca() {alignment
// CHECK:         memref.alloca(%
func.func @tiles(%n: index, %y: memref<8xi8>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  omp.parallel {
    omp.wsloop {
      omp.loop_nest (%i) : index = (%c0) to (%n) step (%c1) {
        %a = memref.alloca() {alignment = 64 : i64} : memref<512xi8>
        %b = memref.alloca(%i) : memref<?xi8>
        %x = memref.load %a[%i] : memref<512xi8>
        memref.store %x, %b[%c0] : memref<?xi8>
        memref.store %x, %y[%i] : memref<8xi8>
        omp.yield
      }
    }
    omp.terminator
  }
  return
}

// Outside of parallel loops nothing moves.
// CHECK-LABEL: @serial
// CHECK:       scf.for
// CHECK-NEXT:    memref.alloca
func.func @serial(%n: index, %y: memref<8xi8>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %a = memref.alloca() : memref<64xi8>
    %x = memref.load %a[%i] : memref<64xi8>
    memref.store %x, %y[%i] : memref<8xi8>
  }
  return
}
