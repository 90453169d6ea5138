//===- SplitRows.td ------------------------------------------*- tablegen -*-===//
#ifndef CRIA_SPLITROWS_TD
#define CRIA_SPLITROWS_TD
include "mlir/Pass/PassBase.td"

def SplitRowsPass : Pass<"cria-split-rows"> {
  let summary = "partition the rows of a cache where there are more cores than kv heads";
  let description = [{
    With one token, the smallest tile of attention is a kv head, so with more cores (`dlti`)
    than kv heads some cores would be idle. This pass gives each head several cores: each
    attends to a part of the visible rows (`attend_rows`), and `combine` merges their results
    (Dao et al., flash-decoding, 2023). Parts are no smaller than a first-level cache when the
    KV cache is full.
  }];
  let dependentDialects = ["::cria::CriaDialect", "::mlir::scf::SCFDialect",
                           "::mlir::arith::ArithDialect", "::mlir::tensor::TensorDialect"];
}
#endif // CRIA_SPLITROWS_TD
