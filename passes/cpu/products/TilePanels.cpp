//===- TilePanels.cpp - Panels of f32 words, for sums in tiles ------------===//
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "passes/cpu/products/WordPanels.h"

using namespace mlir;

namespace cria {
namespace {

/// All tiles have 16 rows, so that one configuration serves for all. Where there are fewer, those
/// that do not exist hold what was there before, and their sums are not added to out.
class TilePanels : public WordPanels {
  static constexpr int64_t side = TileUnit::side;

public:
  explicit TilePanels(ProductBuilder &b)
      : WordPanels(b, b.plan.tileColumns, /*step=*/side * b.plan.unit->depth()),
        tiles(*b.plan.tiles), rows(b.plan.tileRows * side) {}

  void allocate(int64_t count) override {
    allocatePanels(count);
    lhs = b.scratch({words / side, rows, side});
    sums = b.scratch({rows, width});
  }

  /// Whole blocks, then tile by tile.
  void overRows(function_ref<void(Value, int64_t)> body) override {
    Value whole = b.mul(b.div(b.rowCount, rows), rows);
    if (getConstantIntValue(whole) != 0)
      b.loop(b.index(0), whole, rows, [&](Value row) { body(row, rows); });
    if (getConstantIntValue(b.sub(b.rowCount, whole)) != 0)
      b.loop(whole, b.rowCount, side, [&](Value row) { body(row, side); });
  }

  /// Tile after tile along the reduction: a tile is 16 lines that follow each other, however deep a
  /// cut is.
  void copyLhs(Value first, int64_t count, Value from, Value depth) override {
    b.loop(b.index(0), existing(first, count), 1, [&](Value i) {
      SmallVector<Value> source = b.rowIndices(b.add(first, i));
      overDepth(b.plan.lhsStep, from, depth, [&](Value k, Value word, int64_t present) {
        Value found = b.readLhs(source, k, present).front();
        b.write(found, lhs, {b.div(word, side), i, b.index(0)});
      });
    });
  }

  void multiply(Value panel, Value, Block block) override {
    int64_t columns = block.vectors;
    SmallVector<Value> next(size_t(block.rows / side * columns));
    for (Value &sum : next)
      sum = tiles.zero(b);
    next = b.sum(b.index(0), block.steps, 1, next, [&](Value step, ValueRange carried) {
      return addTiles(panel, step, columns, carried);
    });
    for (auto [i, sum] : llvm::enumerate(next))
      tiles.store(b, sum, sums,
                  {b.index(int64_t(i) / columns * side), b.index(int64_t(i) % columns * side)});
    addToOut(block);
  }

private:
  SmallVector<Value> addTiles(Value panel, Value step, int64_t columns, ValueRange carried) {
    SmallVector<Value> right, next;
    for (int64_t v = 0; v < columns; ++v)
      right.push_back(tiles.load(b, panels, {panel, b.mul(step, side), b.index(v * side)}));
    for (int64_t row = 0; row < int64_t(carried.size()) / columns; ++row) {
      Value left = tiles.load(b, lhs, {step, b.index(row * side), b.index(0)});
      for (Value rhs : right)
        next.push_back(tiles.multiply(b, carried[next.size()], left, rhs));
    }
    return next;
  }

  void addToOut(const Block &block) {
    b.loop(b.index(0), existing(block.row, block.rows), 1, [&](Value i) {
      SmallVector<Value> at = b.rowIndices(b.add(block.row, i));
      at.emplace_back();
      for (int64_t v = 0; v < block.vectors; ++v) {
        at.back() = b.add(block.column, v * side);
        int64_t columns = block.presentOf(b, v);
        Value more = b.read(sums, {i, b.index(v * side)}, side);
        Value old = b.read(b.product.out, at, side, columns);
        b.write(arith::AddFOp::create(b, old, more), b.product.out, at, columns);
      }
    });
  }

  /// How many of `count` rows exist.
  Value existing(Value first, int64_t count) {
    return b.min(b.index(count), b.sub(b.rowCount, first));
  }

  const TileUnit &tiles;
  int64_t rows;    ///< of a block
  Value lhs, sums; ///< [step of the reduction][row][word], [row][output]
};

} // namespace

std::unique_ptr<Panels> tilePanels(ProductBuilder &b) { return std::make_unique<TilePanels>(b); }

} // namespace cria
