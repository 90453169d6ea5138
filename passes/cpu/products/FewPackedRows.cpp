//===- FewPackedRows.cpp - Products of few rows of lhs with packed rows ---===//
#include "passes/blocks/formats/Q8.h"
#include "passes/cpu/products/Groups.h"
#include "storage/Packed.h"

using namespace mlir;

namespace cria {
namespace {

/// Packed rows of rhs are read once, from their start to their end, and multiplied with all rows of
/// lhs. Each output is a lane of its own: nothing is summed across lanes, and scales are where they
/// are used. As elsewhere, rows from several parts of rhs are read at the same time.
class FewPackedRows {
public:
  FewPackedRows(ProductBuilder &b, Value first, int64_t rows)
      : b(b), unit(*b.plan.integers), reader(readerOf(b.product.element())),
        base(unit.base(reader.range())), first(first), rows(rows), lanes(unit.lanes(b.plan.lanes)),
        elements(storageOf(b.product.element())->elements) {
    int64_t registers = b.plan.rows * b.plan.columns, each = rows * (eight / lanes);
    for (streams = std::max<int64_t>(1, b.plan.streams / eight);
         streams > 1 && streams * each > registers;)
      streams /= 2;
  }

  void lower() {
    for (int64_t i = 0; i < rows; ++i)
      rowsOfLhs.push_back(b.rowIndices(b.add(first, i)));
    if (reader.parts() > 1 && base) { // rounded activations have the sums of whole groups only
      sumsOfParts = b.scratch({rows, cast<MemRefType>(b.product.lhs.getType()).getShape().back() /
                                         group * reader.parts()});
      sumParts();
    }
    Value eights = b.div(b.outputCount, eight), part = b.div(eights, streams),
          whole = b.mul(part, streams);
    b.loop(b.index(0), part, 1, [&](Value n) {
      SmallVector<Value> some;
      for (int64_t i = 0; i < streams; ++i)
        some.push_back(b.add(n, b.mul(part, i)));
      lowerRows(some);
    });
    if (streams > 1)
      b.loop(whole, eights, 1, [&](Value n) { lowerRows(n); });
  }

private:
  static constexpr int64_t group = BlockReader::group, eight = storage::packedRows;

  /// Writes the sums of the parts of all groups of lhs, which are read for each row of rhs.
  void sumParts() {
    int64_t parts = reader.parts();
    for (auto [i, row] : llvm::enumerate(rowsOfLhs))
      b.loop(b.index(0), b.div(b.depth, group), 1, [&](Value number) {
        GroupAt x = b.lhsGroup(row, b.mul(number, group));
        for (int64_t part = 0; part < parts; ++part)
          memref::StoreOp::create(
              b, sumOfQ8(x, part, parts), sumsOfParts,
              ValueRange{b.index(int64_t(i)), b.add(b.mul(number, parts), part)});
      });
  }

  Value sumOfX(int64_t row, const GroupAt &x, Value k, int64_t part) {
    if (!sumsOfParts)
      return sumOfQ8(x);
    Value number = b.add(b.mul(b.div(k, group), reader.parts()), part);
    return memref::LoadOp::create(b, sumsOfParts, ValueRange{b.index(row), number});
  }

  /// The products of all rows of lhs with eights of rows of rhs.
  void lowerRows(ValueRange eights) {
    SmallVector<SmallVector<Value>> places;
    SmallVector<Value> sums;
    for (Value n : eights)
      for (int64_t i = 0; i < rows; ++i)
        for (int64_t lane = 0; lane < eight; lane += lanes) {
          places.push_back(rowsOfLhs[size_t(i)]);
          places.back().push_back(b.add(b.mul(n, eight), lane));
          sums.push_back(b.read(b.product.out, places.back(), lanes));
        }
    size_t each = sums.size() / eights.size();
    sums = b.sum(b.index(0), b.depth, elements, sums, [&](Value k, ValueRange carried) {
      SmallVector<Value> next(carried);
      for (auto [number, n] : llvm::enumerate(eights))
        addBlocks(n, k, MutableArrayRef(next).slice(number * each, each));
      return next;
    });
    for (auto [sum, place] : llvm::zip_equal(sums, places))
      b.write(sum, b.product.out, place);
  }

  /// Adds the products of a block of each of eight rows.
  void addBlocks(Value n, Value k, MutableArrayRef<Value> sums) {
    b.prefetchRhs(n, k, elements);
    for (auto [number, weights] : llvm::enumerate(b.packedBlocks(n, k)))
      addGroup(outputsOf(b, weights, base), b.add(k, int64_t(number) * group), sums);
  }

  void addGroup(ArrayRef<Outputs> vectors, Value k, MutableArrayRef<Value> sums) {
    size_t next = 0;
    for (int64_t i = 0; i < rows; ++i) {
      GroupAt x = b.lhsGroup(rowsOfLhs[size_t(i)], k);
      for (const Outputs &outputs : vectors)
        addVector(outputs, i, x, k, sums[next++]);
    }
  }

  /// What lanes add to the products of a group besides: scale · base - minimum, or null for 0. Here
  /// it takes less to add that to the sums than to begin integer sums with base · Σ x.
  Value offsetOf(Value scale, Value minimum) {
    if (!base)
      return minimum ? arith::NegFOp::create(b, minimum).getResult() : Value();
    Value offset = arith::MulFOp::create(b, scale, constantLike(b, scale, base));
    return minimum ? arith::SubFOp::create(b, offset, minimum).getResult() : offset;
  }

  void addVector(const Outputs &outputs, int64_t row, const GroupAt &x, Value k, Value &sum) {
    Range range{reader.range().least - base, reader.range().most - base};
    size_t words = outputs.words.size() / outputs.scales.size(); // of a part
    Value none = arith::ConstantOp::create(b, b.getZeroAttr(b.vector(lanes, b.getI32Type())));
    for (auto [part, scale] : llvm::enumerate(outputs.scales)) {
      SmallVector<Value> lhs;
      for (size_t word = part * words; word < (part + 1) * words; ++word)
        lhs.push_back(wordOfQ8(x, b.index(int64_t(word)), lanes));
      Value products =
          unit.add(b, none, ArrayRef(outputs.words).slice(part * words, words), lhs, range);
      Value offset = offsetOf(scale, outputs.minimum);
      sum = cria::addGroup(b, sum, products, scale, q8Reader.read(x).scales[0], offset,
                           offset ? sumOfX(row, x, k, int64_t(part)) : Value());
    }
  }

  ProductBuilder &b;
  const IntegerUnit &unit;
  const BlockReader &reader;
  int64_t base;     ///< what is subtracted from integers
  Value first;      ///< row
  int64_t rows;     ///< of lhs
  int64_t lanes;    ///< of a vector of sums
  int64_t elements; ///< of a block
  int64_t streams;  ///< eights of rows of rhs at the same time
  SmallVector<SmallVector<Value>> rowsOfLhs;
  Value sumsOfParts; ///< or null
};

} // namespace

void lowerFewPackedRows(ProductBuilder &b, Value first, int64_t rows) {
  FewPackedRows(b, first, rows).lower();
}

} // namespace cria
