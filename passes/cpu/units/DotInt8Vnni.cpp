//===- DotInt8Vnni.cpp - Products of int8 by vpdpbusd ---------------------===//
//
// Unsigned weights, their distance from the least of them, and signed activations.
//
//===----------------------------------------------------------------------===//
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "passes/cpu/units/DotInt8.h"

using namespace mlir;

namespace cria {
namespace {

class VnniDot : public DotInt8 {
  ArrayRef<StringRef> features() const override {
    static constexpr StringRef names[] = {"avxvnni", "avx512vnni"};
    return names;
  }
  int64_t lanes(int64_t) const override { return 8; }
  int64_t outputLanes(int64_t most) const override { return most >= 16 ? 16 : 8; }
  int64_t base(Range range) const override { return range.least; }

  Value add(ImplicitLocOpBuilder &b, Value sums, ArrayRef<Value> weights, ArrayRef<Value> x,
            Range range) const override {
    Value ofLeast = arith::ConstantOp::create(b, b.getZeroAttr(sums.getType()));
    for (auto [bytes, activations] : llvm::zip_equal(weights, x)) {
      sums = dot(b, sums, fromLeast(b, bytes, range), activations);
      if (range.least) // the same for all rows of weights
        ofLeast = dot(b, ofLeast, constantLike(b, bytes, -range.least), activations);
    }
    return range.least ? arith::SubIOp::create(b, sums, ofLeast).getResult() : sums;
  }

  static Value dot(ImplicitLocOpBuilder &b, Value sums, Value bytes, Value x) {
    bool wide = cast<VectorType>(sums.getType()).getNumElements() == 16;
    StringRef name = wide ? "llvm.x86.avx512.vpdpbusd.512" : "llvm.x86.avx512.vpdpbusd.256";
    return LLVM::CallIntrinsicOp::create(b, sums.getType(), b.getStringAttr(name),
                                         ValueRange{sums, bytes, x})
        .getResult(0);
  }
};

const VnniDot unit;

} // namespace

const IntegerUnit &vnniDotInt8Unit = unit;

} // namespace cria
