//===- PlanWorkspace.td --------------------------------------*- tablegen -*-===//
#ifndef CRIA_PLANWORKSPACE_TD
#define CRIA_PLANWORKSPACE_TD
include "mlir/Pass/PassBase.td"

def PlanWorkspacePass : Pass<"cria-plan-workspace", "::mlir::ModuleOp"> {
  let summary = "place every intermediate in one block of memory that the caller owns";
  let description = [{
    Adds a last argument, the workspace, to each function and turns its allocations into
    views of it, so that a step allocates nothing. Buffers of a tile of a parallel loop go
    on the stack of the thread that runs it, up to a limit. A dynamic size must have a static
    upper bound, for which space is reserved. A function that returns an allocation is an
    error, since that memory would not come from the caller. The module attribute
    `cria.workspace_bytes` is the largest need of any function.
  }];
  let dependentDialects = ["::mlir::memref::MemRefDialect", "::mlir::arith::ArithDialect"];
}
#endif // CRIA_PLANWORKSPACE_TD
