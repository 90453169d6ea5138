//===- CallLaunches.td ---------------------------------------*- tablegen -*-===//
#ifndef CRIA_CALLLAUNCHES_TD
#define CRIA_CALLLAUNCHES_TD
include "mlir/Pass/PassBase.td"

def CallLaunchesPass : Pass<"cria-call-launches", "::mlir::ModuleOp"> {
  let summary = "turn launches into calls of the runtime";
  let description = [{
    A `gpu.launch_func` becomes a call of `cria_launch` (include/cria/runtime/abi.h) with the
    worker of the entry point, the number of the kernel, which is the index of its row in the module
    attribute `cria.kernels`, the blocks of each dimension, and the arguments and their number.
    Arguments are indices and pointers, each in a word of 8 bytes.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect", "::mlir::arith::ArithDialect",
                           "::mlir::func::FuncDialect", "::mlir::memref::MemRefDialect"];
}
#endif // CRIA_CALLLAUNCHES_TD
