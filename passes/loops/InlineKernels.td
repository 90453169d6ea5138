//===- InlineKernels.td --------------------------------------*- tablegen -*-===//
#ifndef CRIA_INLINEKERNELS_TD
#define CRIA_INLINEKERNELS_TD
include "mlir/Pass/PassBase.td"

def InlineKernelsPass : Pass<"cria-inline-kernels"> {
  let summary = "replace kernels by their bodies";
  let description = [{
    Once a kernel is tiled, its loops carry the information of the region, which is no longer
    needed.
  }];
}
#endif // CRIA_INLINEKERNELS_TD
