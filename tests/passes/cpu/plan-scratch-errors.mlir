// RUN: cria-opt %s --cria-plan-scratch --verify-diagnostics --allow-unregistered-dialect

func.func @f.a(%n: index) attributes {cria.kernel} {
  // expected-error @+1 {{has an unbounded dynamic size, so it cannot be placed in the scratch}}
  %a = memref.alloc(%n) : memref<?xf32>
  "test.use"(%a) : (memref<?xf32>) -> ()
  return
}
