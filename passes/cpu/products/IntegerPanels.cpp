//===- IntegerPanels.cpp - Panels of bytes and their scales ---------------===//
//
// An element of rhs is scale · (base + q) - minimum, where q is stored. With activations d · x, a
// group adds d · scale · Σ q · x, which the unit sums, and d · Σ x times scale · base - minimum,
// the offset.
//
//===----------------------------------------------------------------------===//
#include "passes/blocks/formats/Q8.h"
#include "passes/cpu/products/Panels.h"

using namespace mlir;

namespace cria {
namespace {

class IntegerPanels : public Panels {
  static constexpr int64_t group = BlockReader::group;

public:
  explicit IntegerPanels(ProductBuilder &b)
      : Panels(b, b.plan.integers->lanes(b.plan.lanes), group,
               int64_t(llvm::alignTo(b.plan.depth * bytesOfWord, group))),
        unit(*b.plan.integers), reader(readerOf(b.product.element())),
        base(unit.base(reader.range())), parts(reader.parts()),
        hasOffsets(base != 0 || reader.hasMinima()), groups(cut / group),
        words(group / bytesOfWord) {}

  int64_t bytes() const override {
    return bytesOfWord * width * groups * (words + parts * (hasOffsets ? 2 : 1));
  }

  void allocate(int64_t count) override {
    quants = b.scratch({count, groups * words, width});
    scales = b.scratch({count, groups * parts, width});
    if (!hasOffsets)
      return;
    offsets = b.scratch({count, groups * parts, width});
    sumsOfLhs = b.scratch({b.plan.rows, groups * parts});
  }

  void copyRhs(Value panelCount, Value first, Value from, Value count) override {
    overVectors(panelCount, first, [&](Value panel, Value column, ArrayRef<Value> sources) {
      b.loop(b.index(0), b.div(count, group), 1, [&](Value number) {
        SmallVector<Integers> all;
        for (Value source : sources)
          all.push_back(b.rhsIntegers(source, b.add(from, b.mul(number, group))));
        copyQuants(all, panel, b.mul(number, words), column);
        for (int64_t part = 0; part < parts; ++part)
          copyScales(all, part, {panel, b.add(b.mul(number, parts), part), column});
      });
    });
  }

  void copyLhs(Value first, int64_t rows, Value from, Value count) override {
    if (!hasOffsets)
      return;
    for (int64_t i = 0; i < rows; ++i) {
      SmallVector<Value> row = b.rowIndices(b.add(first, i));
      b.loop(b.index(0), b.div(count, group), 1, [&](Value number) {
        GroupAt x = b.lhsGroup(row, b.add(from, b.mul(number, group)));
        for (int64_t part = 0; part < parts; ++part)
          memref::StoreOp::create(b, sumOfQ8(x, part, parts), sumsOfLhs,
                                  ValueRange{b.index(i), b.add(b.mul(number, parts), part)});
      });
    }
  }

  Block::Sums add(Value panel, Value first, int64_t rows, int64_t vectors, Value from, Value number,
                  ValueRange sums) override {
    Block::Sums next(sums);
    Range range{reader.range().least - base, reader.range().most - base};
    SmallVector<GroupAt> x;
    for (int64_t i = 0; i < rows; ++i)
      x.push_back(b.lhsGroup(b.rowIndices(b.add(first, i)), b.add(from, b.mul(number, group))));
    int64_t each = words / parts; // of a part
    for (int64_t v = 0; v < vectors; ++v) {
      Value column = b.index(v * lanes);
      for (int64_t part = 0; part < parts; ++part) {
        auto weights = [&](Value word) {
          return bytesAt(panel, b.add(b.mul(number, words), b.add(word, part * each)), column);
        };
        auto activations = [&](size_t row, Value word) {
          return wordOfQ8(x[row], b.add(word, part * each), lanes);
        };
        SmallVector<Value> products =
            unit.sums(b, {size_t(rows), each, weights, activations}, range);
        Value at = b.add(b.mul(number, parts), part);
        Value scale = b.read(scales, {panel, at, column}, lanes);
        for (int64_t i = 0; i < rows; ++i) {
          Value d = spread(q8Reader.read(x[size_t(i)]).scales[0]);
          Value product = arith::SIToFPOp::create(b, b.vector(lanes), products[size_t(i)]);
          Value &sum = next[size_t(i * vectors + v)];
          sum = fmaUnit.multiply(b, sum, arith::MulFOp::create(b, product, scale), d);
          if (hasOffsets)
            sum = fmaUnit.multiply(b, sum, b.read(offsets, {panel, at, column}, lanes),
                                   sumOfLhs(i, at));
        }
      }
    }
    return next;
  }

private:
  static constexpr int64_t bytesOfWord = 4;

  Value spread(Value scalar) { return vector::BroadcastOp::create(b, b.vector(lanes), scalar); }

  Value sumOfLhs(int64_t row, Value at) {
    return spread(memref::LoadOp::create(b, sumsOfLhs, ValueRange{b.index(row), at}));
  }

  /// Four bytes of each of `lanes` outputs.
  Value bytesAt(Value panel, Value word, Value column) {
    return vector::BitCastOp::create(b, b.vector(lanes * bytesOfWord, b.getI8Type()),
                                     b.read(quants, {panel, word, column}, lanes));
  }

  void copyQuants(ArrayRef<Integers> all, Value panel, Value word, Value column) {
    SmallVector<Value> rows;
    for (const Integers &one : all) {
      Value bytes = one.quants;
      if (base)
        bytes = arith::SubIOp::create(b, bytes, constantLike(b, bytes, base));
      rows.push_back(vector::BitCastOp::create(b, b.vector(words), bytes));
    }
    for (int64_t at = 0; at < words; at += lanes) {
      SmallVector<Value> square;
      for (Value row : rows)
        square.push_back(b.slice(row, at, lanes));
      writeTransposed(square, quants, panel, b.add(word, at), column);
    }
  }

  void copyScales(ArrayRef<Integers> all, int64_t part, ArrayRef<Value> to) {
    SmallVector<Value> factors, minima;
    for (const Integers &one : all) {
      factors.push_back(one.scales[size_t(part)]);
      if (one.minimum)
        minima.push_back(one.minimum);
    }
    Value scale = vector::FromElementsOp::create(b, b.vector(lanes), factors);
    b.write(scale, scales, to);
    if (!hasOffsets)
      return;
    Value offset = arith::MulFOp::create(b, scale, constantLike(b, scale, base));
    if (!minima.empty())
      offset = arith::SubFOp::create(b, offset,
                                     vector::FromElementsOp::create(b, b.vector(lanes), minima));
    b.write(offset, offsets, to);
  }

  const IntegerUnit &unit;
  const BlockReader &reader;
  int64_t base;    ///< what is subtracted from integers
  int64_t parts;   ///< of a group, each with a scale
  bool hasOffsets; ///< whether elements are more than scale · q
  int64_t groups;  ///< of a cut
  int64_t words;   ///< of a group
  Value quants, scales, offsets, sumsOfLhs;
};

} // namespace

std::unique_ptr<Panels> integerPanels(ProductBuilder &b) {
  return std::make_unique<IntegerPanels>(b);
}

} // namespace cria
