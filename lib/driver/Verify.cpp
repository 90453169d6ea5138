//===- Verify.cpp - Compiled code against the f64 reference ---------------===//
#include "driver/Verify.h"
#include "dialect/Cria.h"
#include "mlir/IR/MLIRContext.h"
#include "reference/Interpreter.h"
#include "runtime/FloatConvert.h"
#include "runtime/RandomWeights.h"
#include <cmath>

using namespace mlir;

namespace cria::driver {
namespace {

using reference::Tensor;

/// Multiply-adds that a check may take in the reference, which does about 1e9 a second.
constexpr int64_t budget = 20'000'000'000;

std::shared_ptr<Tensor> widen(const void *data, int64_t dtype, std::vector<int64_t> shape) {
  auto tensor = std::make_shared<Tensor>(std::move(shape));
  for (size_t i = 0; i < tensor->data.size(); ++i) {
    if (dtype == CRIA_F32)
      tensor->data[i] = static_cast<const float *>(data)[i];
    else if (auto half = static_cast<const uint16_t *>(data)[i]; dtype == CRIA_F16)
      tensor->data[i] = rt::f16ToFloat(half);
    else
      tensor->data[i] = rt::bf16ToFloat(half);
  }
  return tensor;
}

/// Reads weights for the interpreter from the table that compiled code uses.
class Reader {
public:
  Reader(const cria_model &compiled, const rt::Weights &weights)
      : compiled(compiled), weights(weights) {}

  std::shared_ptr<Tensor> operator()(ParamOp param, int64_t layer) {
    std::shared_ptr<Tensor> &kept = once[param.getCheckpointName()];
    if (kept)
      return kept;
    for (int64_t i = 0; i < compiled.param_count; ++i) {
      const cria_param &row = compiled.params[i];
      if (param.getCheckpointName() != row.name)
        continue;
      std::vector<int64_t> shape(row.shape, row.shape + row.rank);
      auto tensor = widen(weights.table()[row.first + layer], row.dtype, shape);
      // The head runs once a token: its table is not converted each time.
      return row.count == 1 ? kept = tensor : tensor;
    }
    llvm_unreachable("both modules are of one model");
  }

private:
  const cria_model &compiled;
  const rt::Weights &weights;
  llvm::StringMap<std::shared_ptr<Tensor>> once;
};

/// Multiply-adds of one token in the reference.
int64_t workPerToken(const cria_model &compiled) {
  int64_t work = 0;
  for (int64_t i = 0; i < compiled.param_count; ++i)
    work += compiled.params[i].count * rt::elementCount(compiled.params[i]);
  return work;
}

/// More than a chunk, if the budget allows it, so that both a whole and a cut chunk run.
std::vector<int32_t> someTokens(const cria_model &compiled) {
  int64_t most = std::min(compiled.chunk + 3, compiled.max_seq);
  int64_t count =
      std::clamp<int64_t>(budget / workPerToken(compiled), std::min<int64_t>(2, most), most);
  std::vector<int32_t> tokens;
  for (int64_t i = 0; i < count; ++i)
    tokens.push_back(int32_t(rt::mix64(uint64_t(i)) % uint64_t(compiled.vocab)));
  return tokens;
}

double errorBound(const cria_model &compiled) {
  switch (compiled.kv_dtype) {
  case CRIA_F32:
    return 1e-4;
  case CRIA_F16:
    return 1e-2;
  default:
    return 5e-2;
  }
}

/// Logits [tokens][vocab] by the reference.
std::vector<std::vector<double>> expectedLogits(const spec::Model &model, emit::Options how,
                                                const std::vector<int32_t> &tokens,
                                                const reference::WeightReader &weights) {
  MLIRContext context;
  how.chunk = how.maxSeq = int64_t(tokens.size());
  auto module = emit::emitModel(context, model, how);
  emit::CacheShape cache = emit::cacheShape(model);
  auto fresh = [](std::vector<int64_t> shape) {
    return std::make_shared<Tensor>(std::move(shape));
  };
  auto ids = fresh({how.chunk});
  std::copy(tokens.begin(), tokens.end(), ids->data.begin());
  std::vector<int64_t> cacheType{cache.layers, cache.kvHeads, how.cacheRows(), cache.headDim};
  auto prefill = module->lookupSymbol<func::FuncOp>("prefill");
  auto head = module->lookupSymbol<func::FuncOp>("head");
  int64_t width = cast<RankedTensorType>(prefill.getResultTypes().back()).getDimSize(1);
  auto states = reference::interpret(
      prefill, {ids, int64_t(0), fresh(cacheType), fresh(cacheType), fresh({how.chunk, width})},
      weights);
  const Tensor &hidden = *std::get<std::shared_ptr<Tensor>>(states.back());
  std::vector<std::vector<double>> logits;
  for (int64_t t = 0; t < how.chunk; ++t) {
    auto row = fresh({1, width});
    std::copy_n(hidden.data.begin() + t * width, width, row->data.begin());
    auto results = reference::interpret(head, {row, fresh({1, 1})}, weights);
    logits.push_back(std::get<std::shared_ptr<Tensor>>(results[0])->data);
  }
  return logits;
}

} // namespace

bool referenceFits(const cria_model &compiled) { return 2 * workPerToken(compiled) <= budget; }

Expected byReference(const rt::Model &model, const spec::Model &spec, emit::Options how) {
  Expected expected{someTokens(model.compiled()), {}};
  expected.logits =
      expectedLogits(spec, how, expected.tokens, Reader(model.compiled(), model.weights()));
  return expected;
}

Expected byDecoding(std::shared_ptr<const rt::Model> model) {
  Expected expected{someTokens(model->compiled()), {}};
  rt::Session session(model);
  for (int32_t token : expected.tokens) {
    session.decode(token);
    expected.logits.emplace_back(session.logits().begin(), session.logits().end());
  }
  return expected;
}

Verified compare(std::shared_ptr<const rt::Model> model, const Expected &expected) {
  double greatest = 0;
  for (const auto &row : expected.logits)
    for (double logit : row)
      greatest = std::max(greatest, std::abs(logit));
  auto worstOf = [&](double &worst) {
    return [&](int64_t position, std::span<const float> logits) {
      for (size_t i = 0; i < logits.size(); ++i) {
        double difference = std::abs(logits[i] - expected.logits[position][i]);
        // NaN is greater than nothing, and would pass.
        worst = std::max(worst, std::isnan(difference) ? INFINITY
                                : difference == 0      ? 0
                                                       : difference / greatest);
      }
    };
  };
  Verified result{int64_t(expected.tokens.size())};
  result.bound = errorBound(model->compiled());
  rt::Session session(model);
  session.prefill(expected.tokens, worstOf(result.prefill));
  session.reset();
  for (int32_t token : expected.tokens)
    session.prefill({&token, 1}, worstOf(result.decode));
  return result;
}

} // namespace cria::driver
