//===- DotInt8Arm.cpp - Products of int8 by sdot --------------------------===//
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "passes/cpu/units/DotInt8.h"

using namespace mlir;

namespace cria {
namespace {

class ArmDot : public DotInt8 {
  ArrayRef<StringRef> features() const override {
    static constexpr StringRef names[] = {"dotprod"};
    return names;
  }
  int64_t lanes(int64_t) const override { return 4; }

  Value add(ImplicitLocOpBuilder &b, Value sums, ArrayRef<Value> weights, ArrayRef<Value> x,
            Range) const override {
    for (auto [bytes, activations] : llvm::zip_equal(weights, x))
      sums = LLVM::CallIntrinsicOp::create(b, sums.getType(),
                                           b.getStringAttr("llvm.aarch64.neon.sdot.v4i32.v16i8"),
                                           ValueRange{sums, bytes, activations})
                 .getResult(0);
    return sums;
  }
};

const ArmDot unit;

} // namespace

const IntegerUnit &armDotInt8Unit = unit;

} // namespace cria
