//===- GroupKernels.td ---------------------------------------*- tablegen -*-===//
#ifndef CRIA_GROUPKERNELS_TD
#define CRIA_GROUPKERNELS_TD
include "mlir/Pass/PassBase.td"

def GroupKernelsPass : Pass<"cria-group-kernels"> {
  let summary = "outline every computing op that is not in a kernel into its own kernel";
  let description = [{
    Afterwards all computation, copies included, is inside `cria.kernel` regions, one op each.
    This is where the fusions start from, and the baseline of the study: every intermediate
    crosses memory.
  }];
  let dependentDialects = ["::cria::CriaDialect"];
}
#endif // CRIA_GROUPKERNELS_TD
