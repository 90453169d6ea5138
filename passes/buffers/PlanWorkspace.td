//===- PlanWorkspace.td --------------------------------------*- tablegen -*-===//
#ifndef CRIA_PLANWORKSPACE_TD
#define CRIA_PLANWORKSPACE_TD
include "mlir/Pass/PassBase.td"

def PlanWorkspacePass : Pass<"cria-plan-workspace", "::mlir::ModuleOp"> {
  let summary = "give every intermediate a place in one block of memory that the caller owns";
  let description = [{
    Each function gets a last argument, the workspace, and its allocations become views
    of it, so that a step allocates nothing. What a tile of a parallel loop needs goes on
    the stack of the thread that runs it, as far as there is room. A size that is not static must have a bound that
    is, for which there is room. A result is an error: it would be memory that the caller
    did not give. The module's `cria.workspace_bytes` is the largest need of any of its
    functions.
  }];
  let dependentDialects = ["::mlir::memref::MemRefDialect", "::mlir::arith::ArithDialect"];
}
#endif // CRIA_PLANWORKSPACE_TD
