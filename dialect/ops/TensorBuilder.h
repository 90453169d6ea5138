//===- TensorBuilder.h - Building linalg on tensors -------------*- C++ -*-===//
//
// Decompositions (`decomposeOperation`) say what an op computes on a tile: linalg, tensor, scf,
// arith and math on tensors. They are the same for every machine; registers and vectors are the
// business of the target's phase.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace cria {

class TensorBuilder : public mlir::ImplicitLocOpBuilder {
public:
  /// Inserts where `b` does, at the location of `op`.
  TensorBuilder(mlir::OpBuilder &b, mlir::Operation *op) : ImplicitLocOpBuilder(op->getLoc(), b) {}

  mlir::Value index(int64_t value);
  mlir::Value f32(double value);
  /// Widens f16, bf16 and elements of blocks to f32, exactly; other values stay.
  mlir::Value widen(mlir::Value value);
  /// Rounds f32 to f16 or bf16, if `element` is one; other values stay.
  mlir::Value narrow(mlir::Value value, mlir::Type element);
  mlir::Value add(mlir::Value x, mlir::Value y);
  mlir::Value mul(mlir::Value x, mlir::Value y);
  mlir::Value div(mlir::Value x, mlir::Value y);
  /// exp(x - y)
  mlir::Value expOfDifference(mlir::Value x, mlir::Value y);
  /// 1 / √(mean + eps)
  mlir::Value rsqrt(mlir::Value mean, const llvm::APFloat &eps);
  /// sum + x, in any order of terms, or reductions could not be vectorised.
  mlir::Value addTerm(mlir::Value sum, mlir::Value x);
  /// sum + x · y, in any order of terms.
  mlir::Value addProduct(mlir::Value sum, mlir::Value x, mlir::Value y);
  /// An index as an affine expression of `operands`, which are its symbols.
  mlir::OpFoldResult apply(mlir::AffineExpr expr, llvm::ArrayRef<mlir::OpFoldResult> operands);

  mlir::OpFoldResult size(mlir::Value tensor, unsigned dim);
  /// An f32 tensor whose elements are not set.
  mlir::Value empty(llvm::ArrayRef<mlir::OpFoldResult> sizes);
  mlir::Value fill(double value, mlir::Value into);

  /// A part of a tensor, with strides of 1 unless given.
  struct Part {
    llvm::SmallVector<mlir::OpFoldResult> offsets, sizes, strides = {};
  };
  /// `drop` is a dimension of size 1 that the result does not have.
  mlir::Value extract(mlir::Value source, Part part, std::optional<unsigned> drop = std::nullopt);
  mlir::Value insert(mlir::Value source, mlir::Value into, Part part);

  /// A tensor, and the loop that each of its dimensions follows.
  struct Operand {
    mlir::Value tensor;
    llvm::SmallVector<unsigned> loops;
  };
  using Body = llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::ValueRange inputs,
                                                                 mlir::ValueRange outs)>;
  /// linalg.generic over `loops` loops; those that an output does not follow are reductions. `body`
  /// maps elements of the inputs, widened, and of the outputs to new elements of the outputs.
  llvm::SmallVector<mlir::Value> generic(unsigned loops, llvm::ArrayRef<Operand> inputs,
                                         llvm::ArrayRef<Operand> outs, Body body);
  /// The same with one output of any rank whose dimensions are the loops, and a single result.
  mlir::Value map(llvm::ArrayRef<Operand> inputs, mlir::Value out,
                  llvm::function_ref<mlir::Value(mlir::ValueRange, mlir::Value)> body);
  /// out + Σ lhs · rhs over the loops that the output does not follow.
  mlir::Value product(unsigned loops, const Operand &lhs, const Operand &rhs, const Operand &out);

  /// A loop over `begin`, `begin` + `step`, … below `end` that carries `inits`; `body` returns the
  /// values of the next iteration.
  llvm::SmallVector<mlir::Value>
  loop(mlir::Value begin, mlir::Value end, int64_t step, mlir::ValueRange inits,
       llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value, mlir::ValueRange)> body);
  /// The same from 0 to dim(tensor, dim).
  llvm::SmallVector<mlir::Value>
  loopOver(mlir::Value tensor, unsigned dim, mlir::ValueRange inits,
           llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value, mlir::ValueRange)> body);
};

} // namespace cria
