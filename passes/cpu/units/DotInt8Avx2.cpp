//===- DotInt8Avx2.cpp - Products of int8 by vpmaddubsw -------------------===//
//
// Products of unsigned and signed bytes are summed in pairs to i16, with saturation, which must not
// happen: the weights' distance from the least of them fits for all storages but q8_0, whose
// magnitudes are multiplied by activations with their signs. As many sums of pairs as fit are
// added before vpmaddwd widens them.
//
//===----------------------------------------------------------------------===//
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "passes/cpu/units/DotInt8.h"

using namespace mlir;

namespace cria {
namespace {

constexpr int64_t mostOfI16 = 32767, pair = 2 * IntegerUnit::greatest;

class Avx2Dot : public DotInt8 {
  ArrayRef<StringRef> features() const override {
    static constexpr StringRef names[] = {"avx2"};
    return names;
  }
  int64_t lanes(int64_t) const override { return 8; }
  std::optional<int64_t> base(Range range) const override {
    return fits(range) ? std::optional(range.least) : std::nullopt;
  }

  Value sum(ImplicitLocOpBuilder &b, ArrayRef<Value> weights, ArrayRef<Value> x,
            Range range) const override {
    bool byDistance = fits(range);
    int64_t greatest = pair * std::max(-range.least, range.most), room = mostOfI16 / greatest;
    Value total, pairs;
    for (auto [i, bytes] : llvm::enumerate(weights)) {
      Value more = byDistance ? distances(b, bytes, x[i], range) : magnitudes(b, bytes, x[i]);
      pairs = pairs ? arith::AddIOp::create(b, pairs, more).getResult() : more;
      if (int64_t(i + 1) % room != 0 && i + 1 < weights.size())
        continue;
      Value wide =
          call(b, "llvm.x86.avx2.pmadd.wd", lanesOf(bytes, 32), pairs, constantLike(b, pairs, 1));
      total = total ? arith::AddIOp::create(b, total, wide).getResult() : wide;
      pairs = Value();
    }
    return total;
  }

  /// Whether products of distances do not saturate.
  static bool fits(Range range) { return (range.most - range.least) * pair <= mostOfI16; }

  /// Σ (w - least) · x + least · Σ x, whose second part is the same for all rows of weights.
  static Value distances(ImplicitLocOpBuilder &b, Value weights, Value x, Range range) {
    Value sums = multiply(b, fromLeast(b, weights, range), x);
    if (range.least == 0)
      return sums;
    return arith::SubIOp::create(b, sums, multiply(b, constantLike(b, weights, -range.least), x));
  }

  /// Σ |w| · (x with the sign of w); |-128| is 128 as an unsigned byte.
  static Value magnitudes(ImplicitLocOpBuilder &b, Value weights, Value x) {
    Value withSigns = call(b, "llvm.x86.avx2.psign.b", cast<VectorType>(x.getType()), x, weights);
    return multiply(b, math::AbsIOp::create(b, weights), withSigns);
  }

  static Value multiply(ImplicitLocOpBuilder &b, Value bytes, Value x) {
    return call(b, "llvm.x86.avx2.pmadd.ub.sw", lanesOf(bytes, 16), bytes, x);
  }

  static Value call(ImplicitLocOpBuilder &b, StringRef name, VectorType type, Value lhs,
                    Value rhs) {
    return LLVM::CallIntrinsicOp::create(b, type, b.getStringAttr(name), ValueRange{lhs, rhs})
        .getResult(0);
  }
};

const Avx2Dot unit;

} // namespace

const IntegerUnit &avx2DotInt8Unit = unit;

} // namespace cria
