//===- Perplexity.h - How well a model predicts a text ----------*- C++ -*-===//
#pragma once
#include "runtime/Session.h"

namespace cria::rt {

struct Perplexity {
  double value = 0;   ///< exp of the mean negative log-likelihood per token
  int64_t tokens = 0; ///< how many were predicted
};

/// Over `tokens`, 2 or more, cut into pieces as long as the context; the first token of a piece has
/// nothing before it and is not counted. Throws cria::Error.
Perplexity measurePerplexity(Session &session, std::span<const int32_t> tokens,
                             const Session::Pause &pause);

} // namespace cria::rt
