//===- Verify.h - Checks that name the constraint and the numbers *- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include <cmath>

namespace cria {

/// One dimension of an operand, with the operand's name in the op's constraints.
struct NamedDim {
  llvm::StringRef name;
  mlir::Value value;
  unsigned dim;

  int64_t size() const { return llvm::cast<mlir::ShapedType>(value.getType()).getDimSize(dim); }
};

/// Fails with "<constraint>: dim(a, i) is 3 but dim(b, j) is 4". Accepts dynamic sizes, which
/// tiling may produce.
inline llvm::LogicalResult expectSameDim(mlir::Operation *op, llvm::StringRef constraint,
                                         NamedDim lhs, NamedDim rhs) {
  int64_t a = lhs.size(), b = rhs.size();
  if (a == b || mlir::ShapedType::isDynamic(a) || mlir::ShapedType::isDynamic(b))
    return mlir::success();
  return op->emitOpError() << constraint << ": dim(" << lhs.name << ", " << lhs.dim << ") is " << a
                           << " but dim(" << rhs.name << ", " << rhs.dim << ") is " << b;
}

inline llvm::LogicalResult expectSameShape(mlir::Operation *op, llvm::StringRef constraint,
                                           llvm::StringRef aName, mlir::Value a,
                                           llvm::StringRef bName, mlir::Value b) {
  for (unsigned i = 0, rank = llvm::cast<mlir::ShapedType>(a.getType()).getRank(); i < rank; ++i)
    if (failed(expectSameDim(op, constraint, {aName, a, i}, {bName, b, i})))
      return mlir::failure();
  return mlir::success();
}

/// Checks the epsilon of a norm.
inline llvm::LogicalResult expectEps(mlir::Operation *op, llvm::StringRef constraint,
                                     const llvm::APFloat &attr) {
  double eps = attr.convertToDouble();
  if (eps >= 0 && std::isfinite(eps))
    return mlir::success();
  return op->emitOpError() << constraint << ": eps must be finite and at least 0, found " << eps;
}

} // namespace cria
