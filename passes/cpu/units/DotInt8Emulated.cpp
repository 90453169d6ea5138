//===- DotInt8Emulated.cpp - Products of int8 by plain arithmetic ---------===//
//
// Tests describe machines that have it, to run what has no instruction on theirs.
//
//===----------------------------------------------------------------------===//
#include "passes/cpu/units/DotInt8.h"

using namespace mlir;

namespace cria {
namespace {

class EmulatedDot : public DotInt8 {
  ArrayRef<StringRef> features() const override {
    static constexpr StringRef names[] = {"emulated-dot-int8"};
    return names;
  }
  int64_t lanes(int64_t most) const override { return std::min<int64_t>(most, 8); }
  int64_t outputLanes(int64_t most) const override { return std::min<int64_t>(most, 16); }

  Value add(ImplicitLocOpBuilder &b, Value sums, ArrayRef<Value> weights, ArrayRef<Value> x,
            Range) const override {
    auto widen = [&](Value bytes) -> Value {
      auto type = cast<VectorType>(bytes.getType()).clone(b.getI32Type());
      return arith::ExtSIOp::create(b, type, bytes);
    };
    Value total;
    for (auto [bytes, activations] : llvm::zip_equal(weights, x)) {
      Value products = arith::MulIOp::create(b, widen(bytes), widen(activations));
      total = total ? arith::AddIOp::create(b, total, products).getResult() : products;
    }
    for (int fold = 0; fold < 2; ++fold) {
      auto halves = vector::DeinterleaveOp::create(b, total);
      total = arith::AddIOp::create(b, halves.getRes1(), halves.getRes2());
    }
    return b.createOrFold<arith::AddIOp>(total, sums);
  }
};

const EmulatedDot unit;

} // namespace

const IntegerUnit &emulatedDotInt8Unit = unit;

} // namespace cria
