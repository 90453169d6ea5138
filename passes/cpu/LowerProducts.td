//===- LowerProducts.td --------------------------------------*- tablegen -*-===//
#ifndef CRIA_LOWERPRODUCTS_TD
#define CRIA_LOWERPRODUCTS_TD
include "mlir/Pass/PassBase.td"

def LowerProductsPass : Pass<"cria-lower-products"> {
  let summary = "lower products of matrices to the multiply-add unit of the schedule";
  let description = [{
    A product is a `linalg.generic` on buffers with one reduction, whose body is
    out + lhs · rhs in f32: rows with rows, or rows with columns. It becomes loops on vectors.

    - Few rows of lhs: each row of rhs is read once, in order, and multiplied with all of them.
    - More: rows of rhs are copied to panels that stay in the second-level cache, and blocks of
      sums stay in registers: vectors, or tiles if the unit has them. Where the number of rows
      is dynamic, the code decides.
    - Columns: blocks of sums in registers; nothing is copied, but rows in blocks are widened.

    Register block, depth of a cut, unit, streams and prefetch distance are those of the
    `cria.schedule` of the function; without one, they follow from the target.
  }];
  let dependentDialects = ["::cria::CriaDialect", "::mlir::arith::ArithDialect",
                           "::mlir::memref::MemRefDialect",
                           "::mlir::scf::SCFDialect", "::mlir::vector::VectorDialect",
                           "::mlir::math::MathDialect", "::mlir::x86vector::X86VectorDialect",
                           "::mlir::amx::AMXDialect",
                           "::mlir::LLVM::LLVMDialect"];
}
#endif // CRIA_LOWERPRODUCTS_TD
