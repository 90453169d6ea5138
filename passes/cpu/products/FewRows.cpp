//===- FewRows.cpp - Products with few rows of lhs ------------------------===//
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "passes/cpu/products/Groups.h"

using namespace mlir;

namespace cria {
namespace {

/// Each row of rhs is read once, from its start to its end, and multiplied with all rows of lhs.
/// Memory is the limit: so many rows are read at the same time as it serves best, each from a part
/// of rhs of its own, in which rows follow each other.
class FewRows {
public:
  FewRows(ProductBuilder &b, Value first, int64_t rows)
      : b(b), unit(*b.plan.unit), first(first), rows(rows) {
    // Independent sums hide the latency of a multiply-add, as far as there are registers.
    int64_t registers = b.plan.rows * b.plan.columns;
    for (streams = b.plan.streams; streams > 1 && streams * rows > registers;)
      streams /= 2;
    int64_t most = std::max<int64_t>(1, registers / (streams * rows));
    int64_t enough = std::clamp<int64_t>(8 / streams, 1, 4);
    vectors = llvm::bit_floor(uint64_t(std::min(enough, most)));
    lanes = b.plan.integers ? b.plan.integers->lanes(b.plan.lanes) : b.plan.lanes;
  }

  void lower() {
    for (int64_t i = 0; i < rows; ++i)
      rowsOfLhs.push_back(b.rowIndices(b.add(first, i)));
    if (!b.plan.integers && (unit.depth() > 1 || b.product.rounded()))
      copyLhs();
    Value part = b.div(b.outputCount, streams);
    if (streams > 1)
      b.loop(b.index(0), part, 1, [&](Value n) {
        SmallVector<Value> outputs;
        for (int64_t i = 0; i < streams; ++i)
          outputs.push_back(b.add(n, b.mul(part, i)));
        lowerRows(outputs);
      });
    Value done = streams > 1 ? b.mul(part, streams) : b.index(0);
    b.loop(done, b.outputCount, 1, [&](Value n) { lowerRows(n); });
  }

private:
  /// Elements that are converted on their way into words are converted once, not for each row of
  /// rhs.
  void copyLhs() {
    int64_t size = cast<MemRefType>(b.product.lhs.getType()).getShape().back(),
            step = b.plan.lhsStep;
    copied = b.scratch({rows, int64_t(llvm::alignTo(size, step)) / unit.depth()});
    overDepth(step, step, {}, [&](Value k, int64_t, int64_t present, ValueRange) {
      for (int64_t i = 0; i < rows; ++i)
        for (auto [at, words] : llvm::enumerate(b.readLhs(rowsOfLhs[i], k, present)))
          b.write(words, copied,
                  {b.index(i), b.add(b.div(k, unit.depth()), int64_t(at) * b.plan.lanes)});
      return SmallVector<Value>();
    });
  }

  using Step = function_ref<SmallVector<Value>(Value k, int64_t size, int64_t present, ValueRange)>;

  /// Steps of `size` along the reduction, then of `step`, and of a part of one. `present` is the
  /// number of elements of each vector that exist.
  SmallVector<Value> overDepth(int64_t size, int64_t step, ValueRange sums, Step body) {
    int64_t last = b.lastOf(b.depth, step);
    SmallVector<Value> next(sums);
    Value done = b.index(0);
    for (int64_t each : {size, step}) {
      Value whole = b.mul(b.div(b.depth, each), each);
      if (getConstantIntValue(b.sub(whole, done)) != 0)
        next = b.sum(done, whole, each, next, [&](Value k, ValueRange carried) {
          return body(k, each, b.plan.step(), carried);
        });
      done = whole;
    }
    return last ? body(done, step, last, next) : next;
  }

  Value lhsWords(int64_t row, Value k, int64_t present) {
    if (copied)
      return b.read(copied, {b.index(row), b.div(k, unit.depth())}, b.plan.lanes);
    return b.readLhs(rowsOfLhs[row], k, present).front();
  }

  /// The products of all rows of lhs with rows `outputs` of rhs.
  void lowerRows(ValueRange outputs) {
    Value zero = arith::ConstantOp::create(b, b.getZeroAttr(b.vector(lanes)));
    SmallVector<Value> sums(outputs.size() * size_t(rows * vectors), zero);
    int64_t step = b.plan.rhsStep, widest = std::max(vectors * b.plan.step(), step);
    if (b.plan.prefetch && !b.product.ofBlocks()) // lines are asked for once
      widest = std::max(widest, ProductBuilder::lineBytes / bytesOf(b.product.element(), 1));
    if (b.plan.integers) // whole blocks, so that the places of their fields are known
      widest = std::max(vectors * step, storageOf(b.product.element())->elements);
    sums = overDepth(widest, step, sums,
                     [&](Value k, int64_t size, int64_t present, ValueRange carried) {
                       SmallVector<Value> next(carried);
                       for (Value n : outputs)
                         b.prefetchRhs(n, k, size);
                       if (b.plan.integers)
                         multiplyIntegers(outputs, k, size, next);
                       else
                         for (auto [o, n] : llvm::enumerate(outputs))
                           multiply(n, k, size, present, sumsOf(next, o));
                       return next;
                     });
    for (auto [o, n] : llvm::enumerate(outputs))
      for (int64_t i = 0; i < rows; ++i)
        addTo(n, i, sumsOf(sums, o).slice(size_t(i * vectors), size_t(vectors)));
  }

  MutableArrayRef<Value> sumsOf(MutableArrayRef<Value> sums, size_t output) const {
    return sums.slice(output * size_t(rows * vectors), size_t(rows * vectors));
  }

  /// Adds products of `size` elements of row `n` of rhs to the sums of each row of lhs.
  void multiply(Value n, Value k, int64_t size, int64_t present, MutableArrayRef<Value> sums) {
    int64_t read = 0; // vectors
    for (int64_t from = 0; from < size; from += b.plan.rhsStep)
      for (Value rhs : b.readRhs(n, b.add(k, from), present)) {
        Value at = b.add(k, read * b.plan.step());
        for (int64_t i = 0; i < rows; ++i) {
          Value &sum = sums[size_t(i * vectors + read % vectors)];
          sum = unit.multiply(b, sum, lhsWords(i, at, present), rhs);
        }
        ++read;
      }
  }

  /// The same for all rows of rhs that are read at the same time.
  void multiplyIntegers(ValueRange outputs, Value k, int64_t size, MutableArrayRef<Value> sums) {
    int64_t block = storageOf(b.product.element())->elements;
    for (int64_t from = 0, each; from < size; from += each) {
      Value at = b.add(k, from);
      bool whole = size % block == 0 && multiplyBlocks(outputs, at, sums);
      each = whole ? block : BlockReader::group;
      if (!whole)
        multiplyGroups(outputs, at, from / BlockReader::group, sums);
    }
  }

  /// Blocks whose scales are read together; false if those of this storage are not.
  bool multiplyBlocks(ValueRange outputs, Value k, MutableArrayRef<Value> sums) {
    for (auto [o, n] : llvm::enumerate(outputs)) {
      std::optional<BlockScales> scales = b.rhsScales(n, k);
      if (!scales)
        return false;
      for (int64_t i = 0; i < rows; ++i)
        addBlock(b, sumsOf(sums, o).slice(size_t(i * vectors), size_t(vectors)), *scales, n,
                 rowsOfLhs[i], k);
    }
    return true;
  }

  void multiplyGroups(ValueRange outputs, Value k, int64_t number, MutableArrayRef<Value> sums) {
    SmallVector<Integers> weights;
    for (Value n : outputs)
      weights.push_back(b.rhsIntegers(n, k));
    for (int64_t i = 0; i < rows; ++i) {
      SmallVector<Value *> own;
      for (size_t o = 0; o < outputs.size(); ++o)
        own.push_back(&sumsOf(sums, o)[size_t(i * vectors + number % vectors)]);
      addProducts(b, own, weights, b.lhsGroup(rowsOfLhs[i], k));
    }
  }

  /// Adds the lanes of `sums` to the element of out.
  void addTo(Value n, int64_t row, ArrayRef<Value> sums) {
    auto flags = arith::FastMathFlags::reassoc | arith::FastMathFlags::contract;
    SmallVector<Value> tree(sums);
    for (; tree.size() > 1; tree.truncate(tree.size() / 2))
      for (size_t i = 0; i < tree.size() / 2; ++i)
        tree[i] = arith::AddFOp::create(b, tree[i], tree[i + tree.size() / 2], flags);
    SmallVector<Value> at = rowsOfLhs[row];
    at.push_back(n);
    Value old = memref::LoadOp::create(b, b.product.out, at);
    Value sum = vector::ReductionOp::create(b, vector::CombiningKind::ADD, tree[0], old, flags);
    memref::StoreOp::create(b, sum, b.product.out, at);
  }

  ProductBuilder &b;
  const FloatUnit &unit;
  Value first;     ///< row
  int64_t rows;    ///< of lhs
  int64_t streams; ///< rows of rhs at the same time
  int64_t vectors; ///< of partial sums, of each row of both
  int64_t lanes;   ///< of a vector of partial sums
  SmallVector<SmallVector<Value>> rowsOfLhs;
  Value copied; ///< lhs as words, or null
};

} // namespace

void lowerFewRows(ProductBuilder &b, Value first, int64_t rows) { FewRows(b, first, rows).lower(); }

} // namespace cria
