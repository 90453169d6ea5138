//===- RepeatFills.td ----------------------------------------*- tablegen -*-===//
#ifndef CRIA_REPEATFILLS_TD
#define CRIA_REPEATFILLS_TD
include "mlir/Pass/PassBase.td"

def RepeatFillsPass : Pass<"cria-repeat-fills"> {
  let summary = "give every use of a filled tensor a fill of its own";
  let description = [{
    Sums start as tensors filled with a value. To `cse`, the starts of two sums of one shape are
    one value, which bufferization would have to copy for the second sum. Filling again costs one
    pass over memory less, and allocates as much.
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect"];
}
#endif // CRIA_REPEATFILLS_TD
