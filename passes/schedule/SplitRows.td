//===- SplitRows.td ------------------------------------------*- tablegen -*-===//
#ifndef CRIA_SPLITROWS_TD
#define CRIA_SPLITROWS_TD
include "mlir/Pass/PassBase.td"

def SplitRowsPass : Pass<"cria-split-rows"> {
  let summary = "partition the rows of a cache where there are more cores than kv heads";
  let description = [{
    With one token, the smallest tile of attention is a kv head, so with more cores (`dlti`)
    than kv heads some cores would be idle. This pass gives each head several cores: a kernel
    attends to parts of the visible rows (`attend_rows`), on a grid of parts and heads, and a
    second one merges them (`combine`; Dao et al., flash-decoding, 2023). Parts are no smaller
    than a first-level cache when the KV cache is full. A kernel that does more than attend,
    such as write to the cache, stays one. On a GPU a tile of the second kernel is the query heads
    of one kv head, so that it waits for the parts of that head alone (`cria-join-launches`).
  }];
  let dependentDialects = ["::cria::CriaDialect", "::mlir::scf::SCFDialect",
                           "::mlir::arith::ArithDialect", "::mlir::tensor::TensorDialect"];
}
#endif // CRIA_SPLITROWS_TD
