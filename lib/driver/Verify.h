//===- Verify.h - Compiled code against the f64 reference -------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include "emit/Emit.h"

namespace cria::driver {

/// Greatest difference of a logit from the reference's, as a fraction of the greatest logit.
struct Verified {
  std::int64_t tokens = 0;
  double prefill = 0, decode = 0;
  double bound = 0; ///< what the storage of keys and values allows
  bool passed() const { return prefill <= bound && decode <= bound; }
};

/// Runs `compiled` and the reference on the same tokens, the weights being those that a run
/// would use. `how` is what `compiled` was emitted with. Throws cria::Error.
Verified verify(const cria_model &compiled, const spec::Model &model, emit::Options how);

} // namespace cria::driver
