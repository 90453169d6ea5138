//===- Workbench.h - What variants of one model run on ----------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include "measure/Point.h"
#include "runtime/Weights.h"
#include <memory>

namespace cria::measure {

/// Memory that all compiled variants of one model share, so that weights are there once and
/// all variants run on the same numbers: weights, caches with made-up rows, scratch.
class Workbench {
public:
  /// `compiled` is any of the variants and must outlive this. Throws cria::Error.
  explicit Workbench(const cria_model &compiled);

  std::shared_ptr<const rt::Weights> weights() const { return theWeights; }

  /// Seconds that `variant` takes: for steps, after one that does not count and brings its code
  /// into the caches; or for the whole chunks of a prompt and the head once. Its caches must
  /// hold the tokens of `point`.
  double run(const cria_model &variant, const Point &point);

private:
  void makeRoom(const cria_model &variant);
  void step(const cria_model &variant, std::int64_t position);
  void prefill(const cria_model &variant, const Point &point);

  std::shared_ptr<const rt::Weights> theWeights;
  rt::Mapping keys, values, hidden, logits, workspace;
  std::vector<std::int32_t> prompt; ///< a chunk
};

} // namespace cria::measure
