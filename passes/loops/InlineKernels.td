//===- InlineKernels.td --------------------------------------*- tablegen -*-===//
#ifndef CRIA_INLINEKERNELS_TD
#define CRIA_INLINEKERNELS_TD
include "mlir/Pass/PassBase.td"

def InlineKernelsPass : Pass<"cria-inline-kernels"> {
  let summary = "replace kernels by what is in them";
  let description = [{
    Once a kernel is tiled, its loops say what the region said: from here on it is
    not needed.
  }];
}
#endif // CRIA_INLINEKERNELS_TD
