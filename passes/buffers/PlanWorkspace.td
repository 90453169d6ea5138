//===- PlanWorkspace.td --------------------------------------*- tablegen -*-===//
#ifndef CRIA_PLANWORKSPACE_TD
#define CRIA_PLANWORKSPACE_TD
include "mlir/Pass/PassBase.td"

def PlanWorkspacePass : Pass<"cria-plan-workspace", "::mlir::ModuleOp"> {
  let summary = "place the values between kernels in one block of memory that the caller owns";
  let description = [{
    Adds a last argument, the workspace, to each function and turns its allocations into
    views of it, so that a step allocates nothing. The memory of what a kernel yields is moved
    out of the kernel; what it allocates besides is private to each thread and stays inside,
    for `cria-plan-scratch`. A dynamic size must have a static upper bound, for which space is
    reserved. A function that returns an allocation is an error, since that memory would not
    come from the caller. The module attribute `cria.workspace_bytes` is the largest need of
    any function.
  }];
  let dependentDialects = ["::mlir::memref::MemRefDialect", "::mlir::arith::ArithDialect"];
}
#endif // CRIA_PLANWORKSPACE_TD
