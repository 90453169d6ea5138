//===- Fma.cpp - Multiply-adds of f32 -------------------------------------===//
#include "passes/cpu/units/Unit.h"

using namespace mlir;

namespace cria {
namespace {

/// f16 and bf16 are widened, exactly; blocks have been. The multiplication and the addition are
/// left to LLVM to contract, since not every target has an instruction for both.
class Fma : public FloatUnit {
  StringRef name() const override { return "fma"; }
  bool matches(const TargetInfo &, Type element) const override {
    return storageOf(element) != nullptr;
  }
  Value words(ImplicitLocOpBuilder &b, Value elements) const override {
    auto type = cast<VectorType>(elements.getType());
    if (type.getElementType().isF32())
      return elements;
    return arith::ExtFOp::create(b, type.clone(b.getF32Type()), elements);
  }
  Value multiply(ImplicitLocOpBuilder &b, Value sums, Value lhs, Value rhs) const override {
    auto flags = arith::FastMathFlags::reassoc | arith::FastMathFlags::contract;
    return arith::AddFOp::create(b, sums, arith::MulFOp::create(b, lhs, rhs, flags), flags);
  }
};

const Fma fma;

} // namespace

const FloatUnit &fmaUnit = fma;

} // namespace cria
