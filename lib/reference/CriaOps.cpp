//===- CriaOps.cpp - Ops of the dialect as calls of their meanings --------===//
#include "dialect/Cria.h"
#include "reference/Ops.h"
#include "reference/Values.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace cria::reference {
namespace {

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

class CriaOps {
public:
  CriaOps(Operation *op, Values &values, const WeightReader &weights)
      : op(op), values(values), weights(weights) {}

  bool run() {
    bool known = true;
    llvm::TypeSwitch<Operation *>(op)
        .Case([&](EmbedOp o) {
          checkTokens(tensor(o.getTokens()), tensor(o.getTable()).shape[0]);
          set(embed(tensor(o.getTokens()), tensor(o.getTable())));
        })
        .Case([&](RmsNormOp o) {
          set(rmsNorm(tensor(o.getX()), optional(o.getWeight()), o.getEps().convertToDouble()));
        })
        .Case([&](LayerNormOp o) {
          set(layerNorm(tensor(o.getX()), optional(o.getWeight()), optional(o.getBias()),
                        o.getEps().convertToDouble()));
        })
        .Case([&](RmsScaleOp o) { set(rmsScale(tensor(o.getX()), o.getEps().convertToDouble())); })
        .Case([&](LinearOp o) {
          set(linear(tensor(o.getX()), tensor(o.getWeight()), optional(o.getBias()),
                     optional(o.getGain()), optional(o.getScale()),
                     o.getAlpha().convertToDouble()));
        })
        .Case([&](RotaryTableOp o) {
          const std::vector<std::int64_t> &shape = tensor(o.getCos()).shape;
          set(rotaryTable(values.index(o.getPosition()), shape[0], 2 * shape[1],
                          o.getTheta().convertToDouble(), scalingOf(o.getScaling())));
        })
        .Case([&](RopeOp o) {
          set(rope(tensor(o.getX()), tensor(o.getCos()), tensor(o.getSin()),
                   o.getPairing() == RopePairing::interleaved));
        })
        .Case([&](KvAppendOp o) {
          Tensor cache = tensor(o.getCache());
          const Tensor &rows = tensor(o.getRows());
          kvAppend(rows, rowsFrom(o.getPosition(), rows.shape[0], cache.shape[1]), cache);
          set(std::move(cache));
        })
        .Case<ScoresOp, SoftmaxOp, MixOp, AttendOp, AttendRowsOp, CombineOp>(
            [&](auto o) { attention(o); })
        .Case([&](SwigluOp o) { set(swiglu(tensor(o.getGate()), tensor(o.getUp()))); })
        .Case([&](GegluOp o) { set(geglu(tensor(o.getGate()), tensor(o.getUp()))); })
        .Case([&](RegluOp o) { set(reglu(tensor(o.getGate()), tensor(o.getUp()))); })
        .Case([&](ResidualOp o) { set(add(tensor(o.getStream()), tensor(o.getBranch()))); })
        .Case([&](ArgmaxOp o) {
          set(argmax(tensor(o.getX()), optional(o.getIndices()), tensor(o.getBest()).shape[1],
                     std::int64_t(o.getStride())));
        })
        .Case([&](WeightOp o) { values[o.getResult()] = weight(o); })
        .Default([&](Operation *) { known = false; });
    return known;
  }

private:
  const Tensor &tensor(mlir::Value value) { return values.tensor(value); }
  const Tensor *optional(mlir::Value value) { return values.optional(value); }
  void set(Tensor result) { values.set(op->getResult(0), std::move(result)); }
  void set(std::pair<Tensor, Tensor> results) {
    values.set(op->getResult(0), std::move(results.first));
    values.set(op->getResult(1), std::move(results.second));
  }

  void attention(ScoresOp o) {
    const Tensor &q = tensor(o.getQ()), &keys = tensor(o.getKeys());
    set(scores(q, keys, rowsFrom(o.getPosition(), q.shape[0], keys.shape[1]),
               o.getScale().convertToDouble()));
  }
  void attention(SoftmaxOp o) {
    const Tensor &x = tensor(o.getX());
    set(softmax(x, rowsFrom(o.getPosition(), x.shape[0], x.shape[2])));
  }
  void attention(MixOp o) {
    const Tensor &rows = tensor(o.getWeights()), &cache = tensor(o.getValues());
    set(mix(rows, cache, rowsFrom(o.getPosition(), rows.shape[0], cache.shape[1])));
  }
  void attention(AttendOp o) {
    const Tensor &q = tensor(o.getQ()), &keys = tensor(o.getKeys());
    set(attend(q, keys, tensor(o.getValues()), rowsFrom(o.getPosition(), q.shape[0], keys.shape[1]),
               o.getScale().convertToDouble()));
  }
  void attention(AttendRowsOp o) {
    const Tensor &keys = tensor(o.getKeys());
    std::int64_t begin = values.index(o.getBegin()), end = values.index(o.getEnd());
    if (begin < 0 || begin > end || end > keys.shape[1])
      outside(op, "rows " + std::to_string(begin) + " to " + std::to_string(end) +
                      " of a cache of " + std::to_string(keys.shape[1]));
    set(attendRows(tensor(o.getQ()), keys, tensor(o.getValues()), begin, end,
                   o.getScale().convertToDouble()));
  }
  void attention(CombineOp o) { set(combine(tensor(o.getMixed()), tensor(o.getStats()))); }

  std::shared_ptr<Tensor> weight(WeightOp o) {
    auto param = SymbolTable::lookupNearestSymbolFrom<ParamOp>(op, o.getParamAttr());
    std::int64_t layer = o.getLayer() ? values.index(o.getLayer()) : 0;
    if (!param.hasLayer(layer))
      outside(op, "tensor " + std::to_string(layer) + " of the " +
                      std::to_string(param.getCount()) + " of @" + o.getParam().str());
    return weights(param, layer);
  }

  /// The position, from which `tokens` rows lie inside of the `capacity` rows of a cache.
  std::int64_t rowsFrom(mlir::Value position, std::int64_t tokens, std::int64_t capacity) {
    std::int64_t first = values.index(position);
    if (first < 0 || first > capacity - tokens)
      outside(op, "position " + std::to_string(first) + " with " + std::to_string(tokens) +
                      " tokens in a cache of " + std::to_string(capacity) + " rows");
    return first;
  }

  void checkTokens(const Tensor &tokens, std::int64_t vocab) {
    for (double token : tokens.data)
      if (token < 0 || token >= double(vocab))
        outside(op, "token " + std::to_string(std::int64_t(token)) + " of a vocabulary of " +
                        std::to_string(vocab));
  }

  Operation *op;
  Values &values;
  const WeightReader &weights;
};

} // namespace

bool runCriaOp(Operation *op, Values &values, const WeightReader &weights) {
  return CriaOps(op, values, weights).run();
}

} // namespace cria::reference
