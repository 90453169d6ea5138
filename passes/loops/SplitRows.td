//===- SplitRows.td ------------------------------------------*- tablegen -*-===//
#ifndef CRIA_SPLITROWS_TD
#define CRIA_SPLITROWS_TD
include "mlir/Pass/PassBase.td"

def SplitRowsPass : Pass<"cria-split-rows"> {
  let summary = "share out the rows of a cache where there are more cores than kv heads";
  let description = [{
    When one token attends, a kv head is the least that a tile can hold, so that with more
    cores (`dlti`) than kv heads some would have nothing to do. Here as many cores as there
    are for a head each attend to a part of the rows that the token sees (`attend_rows`),
    and `combine` adds what they found (Dao et al., flash-decoding, 2023). A part of a full
    cache is not less than a first-level cache.
  }];
  let dependentDialects = ["::cria::CriaDialect", "::mlir::scf::SCFDialect",
                           "::mlir::arith::ArithDialect", "::mlir::tensor::TensorDialect"];
}
#endif // CRIA_SPLITROWS_TD
