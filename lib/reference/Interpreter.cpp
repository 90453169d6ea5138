//===- Interpreter.cpp - IR run in f64 ------------------------------------===//
#include "reference/Interpreter.h"
#include "reference/Traffic.h"
#include "support/Error.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace cria::reference {
namespace {

class Interpreter {
public:
  Interpreter(const WeightReader &weights, const TrafficObserver &observer)
      : weights(weights), observer(observer) {}

  std::vector<Value> run(func::FuncOp func, std::vector<Value> arguments) {
    auto next = arguments.begin();
    for (BlockArgument argument : func.getArguments()) // the weight table has no value here
      values[argument] = isa<WeightsType>(argument.getType()) ? Value() : std::move(*next++);
    arguments.clear();
    return runBlock(func.getBody().front());
  }

private:
  void runOps(Block &block) {
    for (Operation &op : block.without_terminator())
      if (!runCriaOp(&op, values, weights) && !runIndexOp(&op, values) && !runScalarOp(&op, values))
        runOp(&op);
  }
  /// The values that the block's terminator passes on.
  std::vector<Value> runBlock(Block &block) {
    runOps(block);
    return values.at(block.getTerminator()->getOperands());
  }

  void runOp(Operation *op) {
    llvm::TypeSwitch<Operation *>(op)
        .Case([&](KernelOp o) { define(o.getResults(), kernel(o)); })
        .Case([&](scf::ForOp o) { loop(o); })
        .Case([&](scf::IndexSwitchOp o) { define(o.getResults(), runBlock(chosen(o))); })
        .Case([&](scf::ForallOp o) { tiles(o); })
        .Case([&](tensor::EmptyOp o) {
          Tensor made(values.indices(o.getMixedSizes()));
          made.origins.resize(observer ? made.data.size() : 0, Tensor::unset);
          values.set(o, std::move(made));
        })
        .Case([&](tensor::ExpandShapeOp o) { reshape(o, values.indices(o.getMixedOutputShape())); })
        .Case([&](tensor::CollapseShapeOp o) {
          std::vector<std::int64_t> shape;
          for (const ReassociationIndices &group : o.getReassociationIndices()) {
            shape.push_back(1);
            for (std::int64_t dim : group)
              shape.back() *= values.tensor(o.getSrc()).shape[dim];
          }
          reshape(o, std::move(shape));
        })
        .Case([&](tensor::ExtractSliceOp o) { extract(o); })
        .Case([&](tensor::InsertSliceOp o) {
          Tensor whole = values.tensor(o.getDest());
          insert(o, whole);
          values.set(o, std::move(whole));
        })
        .Case([&](tensor::DimOp o) {
          values[o.getResult()] = values.tensor(o.getSource()).shape[values.index(o.getIndex())];
        })
        .Case([&](tensor::ExtractOp o) { extract(o); })
        .Case([&](linalg::LinalgOp o) {
          runLinalgOp(o, values, [&](Block &block) { return runBlock(block); });
        })
        .Default([](Operation *other) {
          throw Error("the reference has no meaning for " + other->getName().getStringRef().str());
        });
  }

  void define(ValueRange results, std::vector<Value> made) {
    for (auto [result, value] : llvm::zip_equal(results, made))
      values[result] = std::move(value);
  }

  std::vector<Value> kernel(KernelOp op) {
    if (!observer)
      return runBlock(op.getBody().front());
    Boundary boundary(op, values);
    std::vector<Value> results = runBlock(op.getBody().front());
    observer(op, boundary.count(results));
    return results;
  }

  template <typename Op>
  void reshape(Op op, std::vector<std::int64_t> shape) {
    Tensor same = values.tensor(op.getSrc());
    same.shape = std::move(shape);
    values.set(op, std::move(same));
  }

  /// Calls `visit` with the place in the whole and in the slice, in order.
  template <typename Op>
  void forSlice(Op op, const Tensor &whole, function_ref<void(std::int64_t, std::int64_t)> visit) {
    std::vector<std::int64_t> offsets = values.indices(op.getMixedOffsets()),
                              sizes = values.indices(op.getMixedSizes()),
                              strides = values.indices(op.getMixedStrides()), at(sizes.size(), 0);
    std::int64_t count = 1;
    for (auto [size, offset, stride, extent] :
         llvm::zip_equal(sizes, offsets, strides, whole.shape)) {
      bool inside = size >= 0 && offset >= 0 && stride >= 1 &&
                    (size == 0 || (offset < extent && size - 1 <= (extent - 1 - offset) / stride));
      if (!inside)
        outside(op, std::to_string(size) + " elements from " + std::to_string(offset) +
                        " on in a dimension of " + std::to_string(extent));
      count *= size;
    }
    for (std::int64_t i = 0; i < count; ++i) {
      std::int64_t place = 0;
      for (unsigned d = 0; d < sizes.size(); ++d)
        place = place * whole.shape[d] + offsets[d] + at[d] * strides[d];
      visit(place, i);
      for (std::size_t d = sizes.size(); d > 0; --d) {
        if (++at[d - 1] < sizes[d - 1])
          break;
        at[d - 1] = 0;
      }
    }
  }

  void extract(tensor::ExtractSliceOp op) {
    const Tensor &whole = values.tensor(op.getSource());
    std::vector<std::int64_t> shape;
    llvm::SmallBitVector dropped = op.getDroppedDims();
    for (auto [d, size] : llvm::enumerate(values.indices(op.getMixedSizes())))
      if (!dropped[d])
        shape.push_back(size);
    Tensor part(std::move(shape));
    part.origins.resize(whole.origins.empty() ? 0 : part.data.size());
    forSlice(op, whole, [&](std::int64_t from, std::int64_t to) {
      part.at(to) = whole.at(from);
      if (!whole.origins.empty())
        part.origins[to] = whole.origins[from];
    });
    values.set(op, std::move(part));
  }

  void extract(tensor::ExtractOp op) {
    const Tensor &whole = values.tensor(op.getTensor());
    std::int64_t place = 0;
    for (auto [operand, size] : llvm::zip_equal(op.getIndices(), whole.shape)) {
      std::int64_t index = values.index(operand);
      if (index < 0 || index >= size)
        outside(op, "element " + std::to_string(index) + " of " + std::to_string(size));
      place = place * size + index;
    }
    values.touch(whole, place);
    if (op.getType().isIndex())
      values[op.getResult()] = std::int64_t(whole.at(place));
    else
      values[op.getResult()] = whole.at(place);
  }

  /// Of an insert_slice or a parallel_insert_slice.
  template <typename Op>
  void insert(Op op, Tensor &whole) {
    const Tensor &part = values.tensor(op.getSource());
    forSlice(op, whole, [&](std::int64_t to, std::int64_t from) {
      whole.at(to) = part.at(from);
      if (whole.origins.empty() && part.origins.empty())
        return;
      whole.origins.resize(whole.data.size());
      std::uint32_t origin = part.origins.empty() ? Tensor::computed : part.origins[from];
      if (origin == whole.origins[to]) // what was there, unchanged
        return;
      values.touch(part, from);
      whole.origins[to] = Tensor::computed;
    });
  }

  void forRange(Operation *op, OpFoldResult lower, OpFoldResult upper, OpFoldResult step,
                function_ref<void(std::int64_t)> visit) {
    std::int64_t end = values.index(upper), by = values.index(step);
    if (by <= 0)
      outside(op, "a step of " + std::to_string(by));
    for (std::int64_t i = values.index(lower); i < end; i += by)
      visit(i);
  }

  void loop(scf::ForOp op) {
    std::vector<Value> carried = values.at(op.getInitArgs());
    forRange(op, op.getLowerBound(), op.getUpperBound(), op.getStep(), [&](std::int64_t i) {
      values[op.getInductionVar()] = i;
      define(op.getRegionIterArgs(), carried);
      carried = runBlock(*op.getBody());
    });
    define(op.getResults(), std::move(carried));
  }

  Block &chosen(scf::IndexSwitchOp op) {
    auto found = llvm::find(op.getCases(), values.index(op.getArg()));
    return found == op.getCases().end() ? op.getDefaultBlock()
                                        : op.getCaseBlock(unsigned(found - op.getCases().begin()));
  }

  /// Tiles write to places of their own, and read what was there before any of them ran:
  /// one after another is as good as all at once.
  void tiles(scf::ForallOp op) {
    define(op.getRegionIterArgs(), values.at(op.getOutputs()));
    for (auto [result, output] : llvm::zip_equal(op.getResults(), op.getOutputs()))
      values.set(result, values.tensor(output));
    tilesFrom(op, 0);
  }
  void tilesFrom(scf::ForallOp op, unsigned dim) {
    if (dim == op.getRank())
      return tile(op);
    forRange(op, op.getMixedLowerBound()[dim], op.getMixedUpperBound()[dim], op.getMixedStep()[dim],
             [&](std::int64_t i) {
               values[op.getInductionVar(dim)] = i;
               tilesFrom(op, dim + 1);
             });
  }
  void tile(scf::ForallOp op) {
    runOps(*op.getBody());
    for (Operation &write : op.getTerminator().getYieldingOps()) {
      auto insertion = cast<tensor::ParallelInsertSliceOp>(write);
      OpResult result =
          op.getTiedOpResult(op.getTiedOpOperand(cast<BlockArgument>(insertion.getDest())));
      insert(insertion, *std::get<std::shared_ptr<Tensor>>(values[result]));
    }
  }

  const WeightReader &weights;
  const TrafficObserver &observer;
  Values values;
};

} // namespace

void outside(Operation *op, const std::string &what) {
  throw Error(op->getName().getStringRef().str() + ": " + what);
}

std::vector<Value> interpret(func::FuncOp func, std::vector<Value> arguments,
                             const WeightReader &weights, const TrafficObserver &observer) {
  return Interpreter(weights, observer).run(func, std::move(arguments));
}

} // namespace cria::reference
