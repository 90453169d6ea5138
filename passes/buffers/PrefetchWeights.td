//===- PrefetchWeights.td ------------------------------------*- tablegen -*-===//
#ifndef CRIA_PREFETCHWEIGHTS_TD
#define CRIA_PREFETCHWEIGHTS_TD
include "mlir/Pass/PassBase.td"

def PrefetchWeightsPass : Pass<"cria-prefetch-weights"> {
  let summary = "ask for weights before they are read, where each is read once";
  let description = [{
    A loop that walks a row of a weight in vectors, and that no enclosing loop
    repeats for the same row, is a stream from memory: a prefetch for each cache line that it
    reads goes some bytes ahead (`prefetch_bytes` of the target). Hardware stops
    at the end of a page, which is where a row of a common width ends.

    Where a row is read again, as by the tokens of a prefill, it is in the cache and
    nothing is asked for.
  }];
  let dependentDialects = ["::mlir::memref::MemRefDialect", "::mlir::arith::ArithDialect"];
}
#endif // CRIA_PREFETCHWEIGHTS_TD
