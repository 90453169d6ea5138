//===- OutlineKernels.td -------------------------------------*- tablegen -*-===//
#ifndef CRIA_OUTLINEKERNELS_TD
#define CRIA_OUTLINEKERNELS_TD
include "mlir/Pass/PassBase.td"

def OutlineKernelsPass : Pass<"cria-outline-kernels", "::mlir::ModuleOp"> {
  let summary = "make each kernel a function that all threads call and wait for";
  let description = [{
    A kernel of `@decode` that is named "qkv" becomes the function `@decode.qkv`. Its arguments
    are the buffers, indices and pointers that it uses; views, weights and index computations
    are repeated inside. Each call is followed by a call of `cria_team_barrier` with the number
    of the kernel, which is the index of its row in the module attribute `cria.kernels`: name,
    number of calls, bytes and operations (`cria-record-costs`). A copy between kernels, which
    bufferization may add, becomes a kernel.

    Every thread runs all code of a function alike, but for the tiles of a grid, which they
    share. Outside of grids only memory of the thread itself may therefore be written; anything
    else is an error. A function's first argument, the worker, says which thread it is.
  }];
  let dependentDialects = ["::cria::CriaDialect", "::mlir::func::FuncDialect",
                           "::mlir::LLVM::LLVMDialect", "::mlir::arith::ArithDialect"];
}
#endif // CRIA_OUTLINEKERNELS_TD
