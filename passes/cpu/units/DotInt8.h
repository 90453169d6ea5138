//===- DotInt8.h - Products of fours of int8, summed in i32 ----*- C++ -*-===//
#pragma once
#include "passes/cpu/units/Unit.h"

namespace cria {

/// One file each for the instructions of a family of CPUs.
class DotInt8 : public IntegerUnit {
public:
  llvm::StringRef name() const override { return "dot_int8"; }
  int64_t depth() const override { return 4; }
  bool matches(const TargetInfo &target, mlir::Type element) const override {
    return isBlock(element) && lanes(target.lanes()) <= target.lanes() &&
           llvm::any_of(features(), [&](auto name) { return target.has(name); });
  }

protected:
  /// Any of these is enough.
  virtual llvm::ArrayRef<llvm::StringRef> features() const = 0;

  /// x86 multiplies unsigned weights: their distance from the least.
  static mlir::Value fromLeast(mlir::ImplicitLocOpBuilder &b, mlir::Value weights, Range range) {
    if (range.least == 0)
      return weights;
    return mlir::arith::SubIOp::create(b, weights, constantLike(b, weights, range.least));
  }
  static mlir::VectorType lanesOf(mlir::Value bytes, int64_t bits) {
    auto type = mlir::cast<mlir::VectorType>(bytes.getType());
    return mlir::VectorType::get({type.getNumElements() * 8 / bits},
                                 mlir::IntegerType::get(bytes.getContext(), unsigned(bits)));
  }
};

} // namespace cria
