//===- SplitProducts.td --------------------------------------*- tablegen -*-===//
#ifndef CRIA_SPLITPRODUCTS_TD
#define CRIA_SPLITPRODUCTS_TD
include "mlir/Pass/PassBase.td"

def SplitProductsPass : Pass<"cria-split-products"> {
  let summary = "compute products apart from what gives them too few tiles";
  let description = [{
    A kernel has no more tiles than all of its ops can follow: linears of queries, keys and values
    that are rotated and appended to the cache have one per kv head, though their rows could be
    split further. With more cores (`dlti`) than such tiles, this pass makes two kernels of it: the
    linears with what they need, such as the scale of a norm, and all the rest, which reads their
    results from memory. The first keeps the name.

    A kernel is split if that shortens the work of the busiest core by more than a first-level cache
    of bytes, below which waking the others would take longer. The work of a kernel is its bytes and
    its operations, 10 of which count as a byte, divided by its tiles or by the cores, whichever are
    fewer. That of the second kernel counts what both write and read in between, which is little
    beside the weights for one token and grows with the tokens of a prompt, as operations do. No op
    is known to the pass but the linear.
  }];
  let dependentDialects = ["::cria::CriaDialect"];
}
#endif // CRIA_SPLITPRODUCTS_TD
