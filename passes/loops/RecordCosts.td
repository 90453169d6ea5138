//===- RecordCosts.td ----------------------------------------*- tablegen -*-===//
#ifndef CRIA_RECORDCOSTS_TD
#define CRIA_RECORDCOSTS_TD
include "mlir/Pass/PassBase.td"

def RecordCostsPass : Pass<"cria-record-costs"> {
  let summary = "write the bytes and operations of each kernel on it";
  let description = [{
    Puts `cria.calls`, how often a call of the entry runs it, `cria.bytes` and `cria.flops` on each
    `cria.kernel`, before its ops are decomposed. The four numbers of the latter are those of a `cria_amount` (include/cria/runtime/abi.h): fixed, per token, per
    row of the cache, per pair of a token and a row. They end up in the table of kernels of the
    binary, with which measured times become rates.
  }];
  let dependentDialects = ["::cria::CriaDialect"];
}
#endif // CRIA_RECORDCOSTS_TD
