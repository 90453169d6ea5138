//===- PrefetchWeights.td ------------------------------------*- tablegen -*-===//
#ifndef CRIA_PREFETCHWEIGHTS_TD
#define CRIA_PREFETCHWEIGHTS_TD
include "mlir/Pass/PassBase.td"

def PrefetchWeightsPass : Pass<"cria-prefetch-weights"> {
  let summary = "prefetch weights that are read once";
  let description = [{
    A loop that walks a row of a weight in vectors, and that no enclosing loop repeats for
    the same row, streams from memory. It gets one prefetch per cache line, some bytes ahead
    (`prefetch_bytes` of the target). Hardware prefetchers stop at the end of a page, and a
    row of a common width fills about one page.

    A row that is read again, as by the tokens of a prefill, stays in the cache and needs no
    prefetch.
  }];
  let dependentDialects = ["::mlir::memref::MemRefDialect", "::mlir::arith::ArithDialect"];
}
#endif // CRIA_PREFETCHWEIGHTS_TD
