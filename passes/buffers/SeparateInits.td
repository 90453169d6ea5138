//===- SeparateInits.td --------------------------------------*- tablegen -*-===//
#ifndef CRIA_SEPARATEINITS_TD
#define CRIA_SEPARATEINITS_TD
include "mlir/Pass/PassBase.td"

def SeparateInitsPass : Pass<"cria-separate-inits"> {
  let summary = "give every use of an empty or filled tensor one of its own";
  let description = [{
    Sums start as tensors filled with a value. To `cse`, the starts of two sums of one shape are
    one value, which bufferization would have to copy for the second sum. Filling again costs one
    pass over memory less, and allocates as much. Likewise two empty tensors of one shape are one
    value to `cse`, which bufferization would make one buffer where it could, also where one is
    memory of a thread and the other what a kernel yields.
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect"];
}
#endif // CRIA_SEPARATEINITS_TD
