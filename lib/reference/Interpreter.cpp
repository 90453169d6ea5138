//===- Interpreter.cpp - A model phase run in f64 -------------------------===//
#include "reference/Interpreter.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "reference/Ops.h"
#include "support/Error.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace cria::reference {
namespace {

using Ref = std::shared_ptr<Tensor>;

RopeScaling scalingOf(RopeScalingAttr attr) {
  RopeScaling scaling;
  if (attr.getKind() == RopeScalingKind::none)
    return scaling;
  scaling.factor = attr.getFactor().getValueAsDouble();
  scaling.kind = RopeScaling::linear;
  if (attr.getKind() == RopeScalingKind::linear)
    return scaling;
  scaling.originalContext = double(attr.getOriginalContext());
  if (attr.getKind() == RopeScalingKind::yarn) {
    scaling.kind = RopeScaling::yarn;
    scaling.attentionFactor = attr.getAttentionFactor().getValueAsDouble();
    scaling.betaFast = attr.getBetaFast().getValueAsDouble();
    scaling.betaSlow = attr.getBetaSlow().getValueAsDouble();
    scaling.truncate = !attr.getTruncate() || attr.getTruncate().getValue();
    return scaling;
  }
  scaling.kind = RopeScaling::llama3;
  scaling.lowFreqFactor = attr.getLowFreqFactor().getValueAsDouble();
  scaling.highFreqFactor = attr.getHighFreqFactor().getValueAsDouble();
  return scaling;
}

class Interpreter {
public:
  Interpreter(const WeightReader &weights) : weights(weights) {}

  std::vector<Value> run(func::FuncOp func, std::vector<Value> arguments) {
    for (auto [argument, value] : llvm::zip_equal(func.getArguments().drop_front(), arguments))
      values[argument] = std::move(value);
    arguments.clear();
    return runBlock(func.getBody().front());
  }

private:
  /// The values that the block's terminator passes on.
  std::vector<Value> runBlock(Block &block) {
    for (Operation &op : block.without_terminator())
      runOp(&op);
    std::vector<Value> results;
    for (mlir::Value operand : block.getTerminator()->getOperands())
      results.push_back(values.at(operand));
    return results;
  }

  const Tensor &tensor(mlir::Value value) { return *std::get<Ref>(values.at(value)); }
  const Tensor *optional(mlir::Value value) { return value ? &tensor(value) : nullptr; }
  std::int64_t index(mlir::Value value) { return std::get<std::int64_t>(values.at(value)); }
  std::int64_t index(OpFoldResult value) {
    if (auto constant = getConstantIntValue(value))
      return *constant;
    return index(cast<mlir::Value>(value));
  }
  void set(mlir::Value value, Tensor result) {
    values[value] = std::make_shared<Tensor>(std::move(result));
  }
  static std::vector<std::int64_t> shapeOf(mlir::Value value) {
    return cast<RankedTensorType>(value.getType()).getShape().vec();
  }

  void runOp(Operation *op) {
    mlir::Value result = op->getNumResults() ? op->getResult(0) : mlir::Value();
    llvm::TypeSwitch<Operation *>(op)
        .Case([&](EmbedOp o) { set(result, embed(tensor(o.getTokens()), tensor(o.getTable()))); })
        .Case([&](RmsNormOp o) {
          set(result,
              rmsNorm(tensor(o.getX()), optional(o.getWeight()), o.getEps().convertToDouble()));
        })
        .Case([&](LayerNormOp o) {
          set(result, layerNorm(tensor(o.getX()), optional(o.getWeight()), optional(o.getBias()),
                                o.getEps().convertToDouble()));
        })
        .Case([&](RmsScaleOp o) {
          set(result, rmsScale(tensor(o.getX()), o.getEps().convertToDouble()));
        })
        .Case([&](LinearOp o) {
          set(result, linear(tensor(o.getX()), tensor(o.getWeight()), optional(o.getBias()),
                             optional(o.getGain()), optional(o.getScale()),
                             o.getAlpha().convertToDouble()));
        })
        .Case([&](RotaryTableOp o) {
          std::vector<std::int64_t> shape = shapeOf(result);
          auto [cos, sin] = rotaryTable(index(o.getPosition()), shape[0], 2 * shape[1],
                                        o.getTheta().convertToDouble(), scalingOf(o.getScaling()));
          set(result, cos);
          set(op->getResult(1), sin);
        })
        .Case([&](RopeOp o) {
          set(result, rope(tensor(o.getX()), tensor(o.getCos()), tensor(o.getSin()),
                           o.getPairing() == RopePairing::interleaved));
        })
        .Case([&](KvAppendOp o) {
          Tensor cache = tensor(o.getCache());
          kvAppend(tensor(o.getRows()), index(o.getPosition()), cache);
          set(result, std::move(cache));
        })
        .Case([&](ScoresOp o) {
          set(result, scores(tensor(o.getQ()), tensor(o.getKeys()), index(o.getPosition()),
                             o.getScale().convertToDouble()));
        })
        .Case([&](SoftmaxOp o) { set(result, softmax(tensor(o.getX()), index(o.getPosition()))); })
        .Case([&](MixOp o) {
          set(result, mix(tensor(o.getWeights()), tensor(o.getValues()), index(o.getPosition())));
        })
        .Case([&](AttendOp o) {
          set(result, attend(tensor(o.getQ()), tensor(o.getKeys()), tensor(o.getValues()),
                             index(o.getPosition()), o.getScale().convertToDouble()));
        })
        .Case([&](AttendRowsOp o) {
          auto [mixed, stats] =
              attendRows(tensor(o.getQ()), tensor(o.getKeys()), tensor(o.getValues()),
                         index(o.getBegin()), index(o.getEnd()), o.getScale().convertToDouble());
          set(result, mixed);
          set(op->getResult(1), stats);
        })
        .Case(
            [&](CombineOp o) { set(result, combine(tensor(o.getMixed()), tensor(o.getStats()))); })
        .Case([&](SwigluOp o) { set(result, swiglu(tensor(o.getGate()), tensor(o.getUp()))); })
        .Case([&](GegluOp o) { set(result, geglu(tensor(o.getGate()), tensor(o.getUp()))); })
        .Case([&](RegluOp o) { set(result, reglu(tensor(o.getGate()), tensor(o.getUp()))); })
        .Case([&](ResidualOp o) { set(result, add(tensor(o.getStream()), tensor(o.getBranch()))); })
        .Case([&](WeightOp o) {
          auto param = SymbolTable::lookupNearestSymbolFrom<ParamOp>(op, o.getParamAttr());
          values[result] = weights(param, o.getLayer() ? index(o.getLayer()) : 0);
        })
        .Case(
            [&](arith::ConstantOp o) { values[result] = cast<IntegerAttr>(o.getValue()).getInt(); })
        .Case([&](arith::AddIOp o) { values[result] = index(o.getLhs()) + index(o.getRhs()); })
        .Case([&](arith::MulIOp o) { values[result] = index(o.getLhs()) * index(o.getRhs()); })
        .Case([&](tensor::EmptyOp) { set(result, Tensor(shapeOf(result))); })
        .Case<tensor::ExpandShapeOp, tensor::CollapseShapeOp>(
            [&](auto o) { set(result, {shapeOf(result), tensor(o.getSrc()).data}); })
        .Case([&](tensor::ExtractSliceOp o) { extract(o); })
        .Case([&](tensor::InsertSliceOp o) { insert(o); })
        .Case([&](scf::ForOp o) { loop(o); })
        .Case([&](linalg::CopyOp o) { set(result, tensor(o.getInputs().front())); })
        .Default([](Operation *other) {
          throw Error("the reference has no meaning for " + other->getName().getStringRef().str());
        });
  }

  /// Calls `visit` with the place in the whole and in the slice, in order.
  template <typename Op>
  void forSlice(Op op, const Tensor &whole, function_ref<void(std::int64_t, std::int64_t)> visit) {
    SmallVector<std::int64_t> offsets, sizes;
    for (OpFoldResult offset : op.getMixedOffsets())
      offsets.push_back(index(offset));
    for (OpFoldResult size : op.getMixedSizes())
      sizes.push_back(index(size));
    SmallVector<std::int64_t> at(sizes.size(), 0);
    std::int64_t count = 1;
    for (std::int64_t size : sizes)
      count *= size;
    for (std::int64_t i = 0; i < count; ++i) {
      std::int64_t place = 0;
      for (unsigned d = 0; d < sizes.size(); ++d)
        place = place * whole.shape[d] + offsets[d] + at[d];
      visit(place, i);
      for (std::size_t d = sizes.size(); d > 0; --d) {
        if (++at[d - 1] < sizes[d - 1])
          break;
        at[d - 1] = 0;
      }
    }
  }

  void extract(tensor::ExtractSliceOp op) {
    const Tensor &whole = tensor(op.getSource());
    Tensor part(shapeOf(op.getResult()));
    forSlice(op, whole, [&](std::int64_t from, std::int64_t to) { part.at(to) = whole.at(from); });
    set(op.getResult(), std::move(part));
  }

  void insert(tensor::InsertSliceOp op) {
    Tensor whole = tensor(op.getDest());
    const Tensor &part = tensor(op.getSource());
    forSlice(op, whole, [&](std::int64_t to, std::int64_t from) { whole.at(to) = part.at(from); });
    set(op.getResult(), std::move(whole));
  }

  void loop(scf::ForOp op) {
    std::vector<Value> carried;
    for (mlir::Value init : op.getInitArgs())
      carried.push_back(values.at(init));
    for (std::int64_t i = index(op.getLowerBound()); i < index(op.getUpperBound());
         i += index(op.getStep())) {
      values[op.getInductionVar()] = i;
      for (auto [argument, value] : llvm::zip_equal(op.getRegionIterArgs(), carried))
        values[argument] = value;
      carried = runBlock(*op.getBody());
    }
    for (auto [result, value] : llvm::zip_equal(op.getResults(), carried))
      values[result] = value;
  }

  const WeightReader &weights;
  llvm::DenseMap<mlir::Value, Value> values;
};

} // namespace

std::vector<Value> interpret(func::FuncOp func, std::vector<Value> arguments,
                             const WeightReader &weights) {
  return Interpreter(weights).run(func, std::move(arguments));
}

} // namespace cria::reference
