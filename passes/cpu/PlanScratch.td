//===- PlanScratch.td ----------------------------------------*- tablegen -*-===//
#ifndef CRIA_PLANSCRATCH_TD
#define CRIA_PLANSCRATCH_TD
include "mlir/Pass/PassBase.td"

def PlanScratchPass : Pass<"cria-plan-scratch", "::mlir::ModuleOp"> {
  let summary = "place what kernels allocate in memory that each thread has for itself";
  let description = [{
    Adds a last argument, the scratch, to each function, and turns the allocations of kernels
    into views of it: tiles use neither the heap nor the stack, and all tiles of a thread use
    the same memory, which stays in its cache. The module attribute `cria.scratch_bytes` is
    the largest need of any kernel.
  }];
  let dependentDialects = ["::mlir::memref::MemRefDialect", "::mlir::arith::ArithDialect"];
}
#endif // CRIA_PLANSCRATCH_TD
