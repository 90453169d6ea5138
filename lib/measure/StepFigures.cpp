//===- StepFigures.cpp - Predicted costs of a measurement -----------------===//
#include "measure/StepFigures.h"

namespace cria::measure {

Cost StepFigures::decode(std::int64_t context, std::int64_t tokens) const {
  Cost cost;
  for (std::int64_t i = 0; i < tokens; ++i)
    cost += report::stepCost(decodeEntry, context + i);
  return cost;
}

Cost StepFigures::prefill(std::int64_t context, std::int64_t tokens) const {
  Cost cost = report::stepCost(headEntry, 0);
  for (std::int64_t i = 0; i < tokens; i += chunk) {
    Cost whole = report::stepCost(prefillEntry, context + i);
    if (std::int64_t real = tokens - i; real < chunk) // all weights are read regardless
      whole.flops = std::int64_t(double(whole.flops) * double(real) / double(chunk));
    cost += whole;
  }
  return cost;
}

} // namespace cria::measure
