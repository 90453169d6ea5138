//===- ExpandMath.td -----------------------------------------*- tablegen -*-===//
#ifndef CRIA_EXPANDMATH_TD
#define CRIA_EXPANDMATH_TD
include "mlir/Pass/PassBase.td"

def ExpandMathPass : Pass<"cria-expand-math", "::mlir::gpu::GPUModuleOp"> {
  let summary = "write mathematical functions as instructions that every GPU has";
  let description = [{
    Sines and cosines of f64 become a reduction to an eighth of a turn and polynomials, accurate to
    a few units in the last place for numbers up to 2^30. Square roots, multiply-adds and the like
    become intrinsics of LLVM. Upstream's lowering would call the vendor's library, which is not
    part of LLVM.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::LLVM::LLVMDialect"];
}
#endif // CRIA_EXPANDMATH_TD
