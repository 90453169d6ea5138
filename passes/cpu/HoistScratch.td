//===- HoistScratch.td ---------------------------------------*- tablegen -*-===//
#ifndef CRIA_HOISTSCRATCH_TD
#define CRIA_HOISTSCRATCH_TD
include "mlir/Pass/PassBase.td"

def HoistScratchPass : Pass<"cria-hoist-scratch"> {
  let summary = "allocate what tiles need once for each thread";
  let description = [{
    Buffers on the stack move from the body of a parallel loop to where a thread enters it:
    all tiles of a thread use the same memory, which stays in its cache, and the stack does
    not grow with the number of tiles.
  }];
}
#endif // CRIA_HOISTSCRATCH_TD
