//===- GroupKernels.td ---------------------------------------*- tablegen -*-===//
#ifndef CRIA_GROUPKERNELS_TD
#define CRIA_GROUPKERNELS_TD
include "mlir/Pass/PassBase.td"

def GroupKernelsPass : Pass<"cria-group-kernels"> {
  let summary = "put every op that computes and is in no kernel yet into one of its own";
  let description = [{
    After it, whatever fusions ran before, all work is inside `cria.kernel` regions:
    the ops that no fusion took are kernels of one op. With no fusion at all this is the
    baseline of the study: every intermediate crosses memory.
  }];
  let dependentDialects = ["::cria::CriaDialect"];
}
#endif // CRIA_GROUPKERNELS_TD
