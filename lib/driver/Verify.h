//===- Verify.h - Compiled code against the f64 reference -------*- C++ -*-===//
#pragma once
#include "emit/Emit.h"
#include "runtime/Session.h"
#include <algorithm>

namespace cria::driver {

/// Some tokens and the logits [tokens][vocab] after each.
struct Expected {
  std::vector<std::int32_t> tokens;
  std::vector<std::vector<double>> logits;
};

/// Greatest difference of a logit from the expected one, as a fraction of the greatest logit.
struct Verified {
  std::int64_t tokens = 0;
  double prefill = 0, decode = 0;
  double bound = 0; ///< what the storage of keys and values allows
  double greatest() const { return std::max(prefill, decode); }
  bool passed() const { return greatest() <= bound; }
};

/// Whether the reference takes seconds rather than minutes for two tokens of `compiled`.
bool referenceFits(const cria_model &compiled);
/// What the reference says, with the weights of `model`. `how` is what the code of `model` was
/// emitted with.
Expected byReference(const rt::Model &model, const spec::Model &spec, emit::Options how);
/// What `model` itself says, one token at a time.
Expected byDecoding(std::shared_ptr<const rt::Model> model);

/// Runs `model` on the tokens, in chunks and one at a time. Throws cria::Error.
Verified compare(std::shared_ptr<const rt::Model> model, const Expected &expected);

} // namespace cria::driver
