//===- LogProb.h - Log-probabilities from logits ----------------*- C++ -*-===//
#pragma once
#include <algorithm>
#include <cmath>
#include <span>

namespace cria::rt {

/// log(sum of exp(logit)): a token's log-probability, in nats, is its logit minus this.
inline double logSumExp(std::span<const float> logits) {
  double most = *std::max_element(logits.begin(), logits.end());
  double sum = 0;
  for (float logit : logits)
    sum += std::exp(logit - most);
  return most + std::log(sum);
}

} // namespace cria::rt
