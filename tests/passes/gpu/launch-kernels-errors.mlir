// RUN: cria-opt %s --cria-launch-kernels --verify-diagnostics --allow-unregistered-dialect

module {
  // expected-error @below {{has a grid of 4 dimensions; a GPU's has up to 3}}
  func.func private @decode.k(%worker: !llvm.ptr) attributes {cria.kernel} {
    scf.forall (%i, %j, %k, %l) in (2, 2, 2, 2) {
      "test.tile"(%i) : (index) -> ()
    }
    return
  }
}
