// RUN: cria-opt %s --split-input-file --cria-outline-kernels --verify-diagnostics

// All threads run what is outside of grids, so it must not write to memory that they share.

func.func private @outside(%x: memref<8xf32>) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  // expected-error @+1 {{writes memory that threads share, outside of a grid}}
  memref.store %zero, %x[%c0] : memref<8xf32>
  return
}

// -----

func.func private @before_grid(%x: memref<8xf32>) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  cria.kernel "k" {
    // expected-error @+1 {{writes memory that threads share, outside of a grid}}
    memref.store %zero, %x[%c0] : memref<8xf32>
    scf.forall (%i) in (8) {
      memref.store %zero, %x[%i] : memref<8xf32>
    }
    cria.yield
  }
  return
}

// -----

func.func private @two(%x: memref<8xf32>) {
  %zero = arith.constant 0.0 : f32
  // expected-error @+1 {{has more than one grid}}
  cria.kernel "k" {
    scf.forall (%i) in (8) {
      memref.store %zero, %x[%i] : memref<8xf32>
    }
    scf.forall (%i) in (8) {
      memref.store %zero, %x[%i] : memref<8xf32>
    }
    cria.yield
  }
  return
}
