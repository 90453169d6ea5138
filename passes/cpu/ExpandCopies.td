//===- ExpandCopies.td - Copies as loops ---------------------*- tablegen -*-===//
#ifndef CRIA_EXPANDCOPIES_TD
#define CRIA_EXPANDCOPIES_TD
include "mlir/Pass/PassBase.td"

def ExpandCopiesPass : Pass<"cria-expand-copies"> {
  let summary = "turn copies between buffers into linalg ops";
  let description = [{
    `memref.copy` becomes `linalg.copy`, which later passes turn into loops on vectors. Between
    layouts with strides, upstream's lowering calls a function of MLIR's runtime library, which
    compiled models do not link.
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect"];
}
#endif // CRIA_EXPANDCOPIES_TD
