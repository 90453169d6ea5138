//===- StepFigures.cpp - Predicted costs of a measurement -----------------===//
#include "measure/StepFigures.h"

namespace cria::measure {

Cost StepFigures::decode(std::int64_t context, std::int64_t tokens) const {
  Cost cost;
  for (std::int64_t i = 0; i < tokens; ++i)
    cost += report::stepCost(decodeEntry, {context + i, 1});
  return cost;
}

Cost StepFigures::prefill(std::int64_t context, std::int64_t tokens) const {
  Cost cost = report::stepCost(headEntry, {0, 1});
  for (std::int64_t i = 0; i < tokens; i += chunk)
    cost += report::stepCost(prefillEntry, {context + i, std::min(chunk, tokens - i)});
  return cost;
}

} // namespace cria::measure
