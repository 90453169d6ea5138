//===- IntegerPanels.cpp - Panels of bytes and their scales ---------------===//
//
// An element of rhs is scale · (base + q) - minimum, where q is stored. With activations d · x, a
// group adds d · scale times base · Σ x + Σ q · x, which the unit sums, and d · Σ x times -minimum,
// the offset.
//
//===----------------------------------------------------------------------===//
#include "passes/blocks/formats/Q8.h"
#include "passes/cpu/products/Groups.h"
#include "passes/cpu/products/Panels.h"
#include "storage/Packed.h"

using namespace mlir;

namespace cria {
namespace {

class IntegerPanels : public Panels {
  static constexpr int64_t group = BlockReader::group;

public:
  explicit IntegerPanels(ProductBuilder &b)
      : Panels(b, b.plan.integers->outputLanes(b.plan.lanes), b.plan.columns, group,
               int64_t(llvm::alignTo(b.plan.depth * bytesOfWord, group))),
        unit(*b.plan.integers), reader(readerOf(b.product.element())),
        base(unit.base(reader.range())), parts(reader.parts()), groups(cut / group),
        words(group / bytesOfWord) {}

  int64_t bytes() const override {
    return bytesOfWord * width * groups * (words + parts * (reader.hasMinima() ? 2 : 1));
  }

  void allocate(int64_t count) override {
    quants = b.scratch({count, groups * words, width});
    scales = b.scratch({count, groups * parts, width});
    if (reader.hasMinima())
      offsets = b.scratch({count, groups * parts, width});
  }

  void copyRhs(Value panelCount, Value first, Value from, Value count) override {
    overVectors(panelCount, first, [&](Value panel, Value column, ArrayRef<Value> sources) {
      int64_t step = b.product.packed() ? storageOf(b.product.element())->elements : group;
      b.loop(b.index(0), count, step, [&](Value at) {
        Value k = b.add(from, at), number = b.div(at, group);
        if (!b.product.packed())
          return copyGroup(readRows(sources, k), panel, number, column);
        for (auto [i, outputs] : llvm::enumerate(readPacked(sources, k)))
          copyGroup(outputs, panel, b.add(number, int64_t(i)), column);
      });
    });
  }

  void copyLhs(Value, int64_t, Value, Value) override {} // rounded ones are used as they lie

  void multiply(Value panel, Value from, Block block) override {
    auto add = [&](Value number, ValueRange sums) {
      return addGroups(panel, from, number, block, sums);
    };
    block.add = add;
    block.lower(b);
  }

private:
  static constexpr int64_t bytesOfWord = 4;

  /// Adds the products of group `number` of the cut.
  Block::Sums addGroups(Value panel, Value from, Value number, const Block &block,
                        ValueRange sums) {
    int64_t rows = block.rows, vectors = block.vectors;
    Block::Sums next(sums);
    Range range{reader.range().least - base, reader.range().most - base};
    SmallVector<GroupAt> x;
    for (int64_t i = 0; i < rows; ++i)
      x.push_back(b.lhsGroup(b.rowIndices(b.add(block.row, i)), b.add(from, b.mul(number, group))));
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
        auto start = [&](size_t row) { return startOf(x[row], part); };
        SmallVector<Value> products =
            unit.sums(b, {size_t(rows), each, weights, activations, start}, range);
        Value at = b.add(b.mul(number, parts), part);
        Value scale = b.read(scales, {panel, at, column}, lanes);
        Value offset = offsets ? b.read(offsets, {panel, at, column}, lanes) : Value();
        for (int64_t i = 0; i < rows; ++i) {
          Value &sum = next[size_t(i * vectors + v)];
          sum = addGroup(b, sum, products[size_t(i)], scale, q8Reader.read(x[size_t(i)]).scales[0],
                         offset, offset ? sumOfQ8(x[size_t(i)]) : Value());
        }
      }
    }
    return next;
  }

  /// What the integer sums of a part begin with: base · Σ x.
  Value startOf(const GroupAt &x, int64_t part) {
    VectorType type = b.vector(lanes, b.getI32Type());
    if (!base)
      return arith::ConstantOp::create(b, b.getZeroAttr(type));
    Value sum = vector::BroadcastOp::create(b, type, integerSumOfQ8(x, part, parts));
    return arith::MulIOp::create(b, sum, constantLike(b, sum, base));
  }

  /// Four bytes of each of `lanes` outputs.
  Value bytesAt(Value panel, Value word, Value column) {
    return vector::BitCastOp::create(b, b.vector(lanes * bytesOfWord, b.getI8Type()),
                                     b.read(quants, {panel, word, column}, lanes));
  }

  Outputs readRows(ArrayRef<Value> rows, Value k) {
    Outputs outputs;
    SmallVector<Value> bytes, minima;
    SmallVector<SmallVector<Value>> ofParts(static_cast<size_t>(parts));
    for (Value row : rows) {
      Integers one = b.rhsIntegers(row, k);
      if (base)
        one.quants = arith::SubIOp::create(b, one.quants, constantLike(b, one.quants, base));
      bytes.push_back(vector::BitCastOp::create(b, b.vector(words), one.quants));
      for (auto [all, scale] : llvm::zip_equal(ofParts, one.scales))
        all.push_back(scale);
      if (one.minimum)
        minima.push_back(one.minimum);
    }
    int64_t side = std::min(lanes, words); // of a square that is transposed
    for (int64_t at = 0; at < words; at += side) {
      SmallVector<SmallVector<Value>> columns(static_cast<size_t>(side));
      for (int64_t first = 0; first < lanes; first += side) {
        SmallVector<Value> square;
        for (Value row : ArrayRef(bytes).slice(size_t(first), size_t(side)))
          square.push_back(b.slice(row, at, side));
        transpose(b, square);
        for (auto [column, vector] : llvm::zip_equal(columns, square))
          column.push_back(vector);
      }
      for (ArrayRef<Value> column : columns)
        outputs.words.push_back(concatenate(b, column));
    }
    auto join = [&](ArrayRef<Value> all) -> Value {
      return vector::FromElementsOp::create(b, b.vector(lanes), all);
    };
    for (ArrayRef<Value> all : ofParts)
      outputs.scales.push_back(join(all));
    if (!minima.empty())
      outputs.minimum = join(minima);
    return outputs;
  }

  /// Each group of the blocks of packed rows that begin at `k`.
  SmallVector<Outputs> readPacked(ArrayRef<Value> rows, Value k) {
    SmallVector<SmallVector<Outputs>> ofEights; // the parts of each group
    for (size_t first = 0; first < rows.size(); first += storage::packedRows) {
      Value eight = b.div(rows[first], storage::packedRows);
      SmallVector<Integers> blocks = b.packedBlocks(eight, k);
      ofEights.resize(blocks.size());
      for (auto [parts, all] : llvm::zip_equal(ofEights, blocks))
        parts.push_back(choosePacked(outputsOf(b, all, base), eight, rows[first]));
    }
    SmallVector<Outputs> groups;
    for (ArrayRef<Outputs> parts : ofEights)
      groups.push_back(concatenate(b, parts));
    return groups;
  }

  /// The ones of `all`, those of eight rows, that begin with `row`.
  Outputs choosePacked(ArrayRef<Outputs> all, Value eight, Value row) {
    Outputs found = all[0];
    for (size_t i = 1; i < all.size(); ++i) {
      Value first = b.add(b.mul(eight, storage::packedRows), int64_t(i) * lanes);
      Value isThis = arith::CmpIOp::create(b, arith::CmpIPredicate::uge, row, first);
      auto choose = [&](Value &one, Value other) {
        one = arith::SelectOp::create(b, isThis, other, one);
      };
      for (auto [one, other] : llvm::zip_equal(found.words, all[i].words))
        choose(one, other);
      for (auto [one, other] : llvm::zip_equal(found.scales, all[i].scales))
        choose(one, other);
      if (found.minimum)
        choose(found.minimum, all[i].minimum);
    }
    return found;
  }

  void copyGroup(const Outputs &outputs, Value panel, Value number, Value column) {
    for (auto [word, bytes] : llvm::enumerate(outputs.words))
      b.write(vector::BitCastOp::create(b, b.vector(lanes), bytes), quants,
              {panel, b.add(b.mul(number, words), int64_t(word)), column});
    for (int64_t part = 0; part < parts; ++part)
      copyScale(outputs, part, {panel, b.add(b.mul(number, parts), part), column});
  }

  void copyScale(const Outputs &outputs, int64_t part, ArrayRef<Value> to) {
    b.write(outputs.scales[size_t(part)], scales, to);
    if (offsets)
      b.write(arith::NegFOp::create(b, outputs.minimum), offsets, to);
  }

  const IntegerUnit &unit;
  const BlockReader &reader;
  int64_t base;                  ///< what is subtracted from integers
  int64_t parts;                 ///< of a group, each with a scale
  int64_t groups;                ///< of a cut
  int64_t words;                 ///< of a group
  Value quants, scales, offsets; ///< the last only if there are minima
};

} // namespace

std::unique_ptr<Panels> integerPanels(ProductBuilder &b) {
  return std::make_unique<IntegerPanels>(b);
}

} // namespace cria
