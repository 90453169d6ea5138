//===- Divergence.h - How far a model is from another -----------*- C++ -*-===//
#pragma once
#include "runtime/evaluate/KlBase.h"
#include "runtime/evaluate/Mean.h"
#include <string>

namespace cria::rt {

/// Compares the predictions of a model with those of a base, token by token, by the definitions of
/// llama.cpp.
class Divergence {
public:
  void add(const BaseRow &base, std::span<const float> logits, int32_t next);

  /// Of the model: the negative log-likelihood of the tokens.
  const Mean &loss() const { return loss_; }
  /// A table of several lines.
  std::string text() const;

private:
  Mean loss_, baseLoss_, ratio_;     ///< of the likelihoods of the tokens that follow
  Mean divergence_;                  ///< sum of p(base) * log(p(base) / p)
  Mean change_, square_;             ///< of the probability of the token that follows
  Mean same_;                        ///< 1 where the likeliest token is the same, else 0
  std::vector<float> all_, changes_; ///< of divergence_ and change_
};

} // namespace cria::rt
