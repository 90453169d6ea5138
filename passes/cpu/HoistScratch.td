//===- HoistScratch.td ---------------------------------------*- tablegen -*-===//
#ifndef CRIA_HOISTSCRATCH_TD
#define CRIA_HOISTSCRATCH_TD
include "mlir/Pass/PassBase.td"

def HoistScratchPass : Pass<"cria-hoist-scratch"> {
  let summary = "allocate the buffers of tiles once per thread";
  let description = [{
    Moves stack buffers from the body of a parallel loop to where a thread enters it. All
    tiles of a thread then use the same memory, which stays in its cache, and the stack does
    not grow with the number of tiles.
  }];
}
#endif // CRIA_HOISTSCRATCH_TD
