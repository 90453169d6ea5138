// RUN: cria-opt %s --split-input-file --cria-outline-kernels --verify-diagnostics

func.func @outside(%x: memref<4xf32>, %y: memref<4xf32>) {
  // expected-error @+1 {{writes memory that threads share, outside of a grid}}
  memref.copy %x, %y : memref<4xf32> to memref<4xf32>
  return
}

// -----

// A thread that is late would still read what another has begun to write.
func.func @before(%x: memref<4xf32>) {
  %one = arith.constant 1.0 : f32
  %c0 = arith.constant 0 : index
  cria.kernel "k" {
    // expected-error @+1 {{writes memory that threads share, outside of a grid}}
    memref.store %one, %x[%c0] : memref<4xf32>
    scf.forall (%i) in (4) {
      memref.store %one, %x[%i] : memref<4xf32>
    }
  }
  return
}

// -----

func.func @two(%x: memref<4xf32>) {
  %one = arith.constant 1.0 : f32
  // expected-error @+1 {{has more than one grid}}
  cria.kernel "k" {
    scf.forall (%i) in (4) {
      memref.store %one, %x[%i] : memref<4xf32>
    }
    scf.forall (%i) in (2) {
      memref.store %one, %x[%i] : memref<4xf32>
    }
  }
  return
}

// -----

func.func @own() -> memref<4xf32> {
  // expected-error @+1 {{yields memory that it allocates}}
  %y = cria.kernel "k" -> memref<4xf32> {
    %a = memref.alloc() : memref<4xf32>
    cria.yield %a : memref<4xf32>
  }
  return %y : memref<4xf32>
}
