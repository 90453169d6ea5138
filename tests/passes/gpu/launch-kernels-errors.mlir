// RUN: cria-opt %s --cria-launch-kernels --split-input-file --verify-diagnostics --allow-unregistered-dialect

// The last index is the position, which is in memory: no grid can depend on it.
module {
  // expected-error @below {{has a grid whose size depends on memory}}
  func.func private @decode.k(%worker: !llvm.ptr, %position: index) attributes {cria.kernel} {
    scf.forall (%i) in (%position) {
      "test.tile"(%i) : (index) -> ()
    }
    return
  }
  func.func @decode(%worker: !llvm.ptr, %position: index) {
    call @decode.k(%worker, %position) : (!llvm.ptr, index) -> ()
    return
  }
}

// -----

module {
  // expected-error @below {{has a grid of 4 dimensions; a GPU's has up to 3}}
  func.func private @decode.k(%worker: !llvm.ptr) attributes {cria.kernel} {
    scf.forall (%i, %j, %k, %l) in (2, 2, 2, 2) {
      "test.tile"(%i) : (index) -> ()
    }
    return
  }
}
