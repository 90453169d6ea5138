//===- Workbench.h - Memory that variants of a model run on -----*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include "measure/Point.h"
#include "measure/Team.h"
#include "runtime/KernelProfile.h"
#include "runtime/Weights.h"
#include <memory>

namespace cria::measure {

/// The code of a model that was compiled in this process: there is one variant, for its CPU.
inline const cria_code &codeOf(const cria_model &model) { return *model.variants; }

/// Memory shared by all compiled variants of one model: weights, caches with synthetic rows, and
/// workspace. Weights are loaded once, and all variants compute on the same numbers.
class Workbench {
public:
  /// `compiled` is any of the variants. It and `team` must outlive this object. Throws cria::Error.
  Workbench(const cria_model &compiled, Team &team);

  std::shared_ptr<const rt::Weights> weights() const { return theWeights; }

  /// Seconds that `variant` takes for the tokens of `point`, which its caches must hold. Decode is
  /// timed after one warm-up step. Prefill runs all chunks of the prompt, and the head once.
  /// With a `profile`, notes where the time goes, the warm-up left out.
  double run(const cria_model &variant, const Point &point, rt::KernelProfile *profile = nullptr);

private:
  void ensureMemory(const cria_model &variant);
  template <class Body>
  void call(const char *entry, std::int64_t context, std::int64_t tokens, const Body &body);
  void step(const cria_model &variant, std::int64_t position);
  void prefill(const cria_model &variant, const Point &point);

  Team &team;
  rt::KernelProfile *profile = nullptr; ///< of the current run
  std::shared_ptr<const rt::Weights> theWeights;
  rt::Mapping keys, values, hidden, logits, workspace;
  std::int32_t likeliest = 0;
  std::vector<std::int32_t> prompt; ///< one chunk
};

} // namespace cria::measure
