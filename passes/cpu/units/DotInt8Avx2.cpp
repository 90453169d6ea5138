//===- DotInt8Avx2.cpp - Products of int8 by vpmaddubsw -------------------===//
//
// Products of unsigned and signed bytes are summed in pairs to i16, with saturation, which must not
// happen: the weights' distance from the least of them fits for all storages but q8_0 and iq4_nl,
// whose magnitudes are multiplied by activations with their signs. As many sums of pairs as fit are
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
  int64_t base(Range range) const override { return fits(range) ? range.least : 0; }

  Value add(ImplicitLocOpBuilder &b, Value sums, ArrayRef<Value> weights, ArrayRef<Value> x,
            Range range) const override {
    auto room = size_t(roomOf(range));
    Value total;
    for (size_t i = 0; i < weights.size(); i += room) {
      Value pairs;
      for (size_t at = i; at < std::min(i + room, weights.size()); ++at)
        pairs = add(b, pairs, pairsOf(b, weights[at], x[at], range));
      total = add(b, total, widen(b, pairs));
    }
    return b.createOrFold<arith::AddIOp>(total, sums);
  }

  /// In a loop, since LLVM would put unrolled sums in another order, row by row, for which 16
  /// registers are too few.
  SmallVector<Value> sums(ImplicitLocOpBuilder &b, const Rows &rows, Range range) const override {
    auto index = [&](int64_t value) -> Value { return arith::ConstantIndexOp::create(b, value); };
    int64_t room = roomOf(range);
    bool keepsPairs = room >= rows.vectors; // and widens them once
    int64_t step = keepsPairs ? 1 : room;
    while (rows.vectors % step)
      --step;
    SmallVector<Value> starts;
    for (size_t row = 0; row < rows.count; ++row)
      starts.push_back(rows.start(row));
    auto pairType = VectorType::get({16}, b.getI16Type());
    SmallVector<Value> noPairs(rows.count, arith::ConstantOp::create(b, b.getZeroAttr(pairType)));
    auto loop = scf::ForOp::create(b, index(0), index(rows.vectors), index(step),
                                   keepsPairs ? noPairs : starts);
    SmallVector<Value> totals(loop.getResults());
    {
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPointToStart(loop.getBody());
      SmallVector<Value> next(loop.getRegionIterArgs()), pairs(rows.count);
      for (int64_t i = 0; i < step; ++i) {
        Value number = b.createOrFold<arith::AddIOp>(loop.getInductionVar(), index(i));
        Value weights = rows.weights(number);
        for (size_t row = 0; row < rows.count; ++row)
          pairs[row] = add(b, pairs[row], pairsOf(b, weights, rows.x(row, number), range));
      }
      for (auto [sum, more] : llvm::zip_equal(next, pairs))
        sum = add(b, sum, keepsPairs ? more : widen(b, more));
      scf::YieldOp::create(b, next);
    }
    if (keepsPairs)
      for (auto [total, start] : llvm::zip_equal(totals, starts))
        total = b.createOrFold<arith::AddIOp>(widen(b, total), start);
    return totals;
  }

  /// How many sums of pairs an i16 can hold.
  static int64_t roomOf(Range range) {
    return mostOfI16 / (pair * std::max(-range.least, range.most));
  }

  static Value add(ImplicitLocOpBuilder &b, Value sum, Value more) {
    return sum ? arith::AddIOp::create(b, sum, more).getResult() : more;
  }

  static Value widen(ImplicitLocOpBuilder &b, Value pairs) {
    return call(b, "llvm.x86.avx2.pmadd.wd", VectorType::get({8}, b.getI32Type()), pairs,
                constantLike(b, pairs, 1));
  }

  static Value pairsOf(ImplicitLocOpBuilder &b, Value weights, Value x, Range range) {
    return fits(range) ? distances(b, weights, x, range) : magnitudes(b, weights, x);
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
