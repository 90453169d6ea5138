//===- Streams.cpp - How weights are read for a few tokens ----------------===//
#include "passes/schedule/Policies.h"

using namespace mlir;

namespace cria {

Streams chooseStreams(KernelOp kernel, const TargetInfo &target) {
  int64_t together = 1; // rows
  for (auto linear : kernel.getBody().getOps<LinearOp>())
    together = std::max(together, rowsTogether(getElementTypeOrSelf(linear.getWeight())));
  int64_t places = target.readStreams;
  // Packed rows lie one block after the other. Software runs ahead of one place best; hardware
  // follows as many lines in two as in four of single rows.
  constexpr int64_t most = 64; // rows of a schedule
  if (together > 1)
    places = target.prefetchBytes ? 1 : std::clamp<int64_t>(places / 2, 1, most / together);
  return {places * together, target.prefetchBytes / places};
}

} // namespace cria
