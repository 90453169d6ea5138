//===- SystemCheck.cpp - What a system can have ---------------------------===//
#include "driver/SystemCheck.h"
#include "passes/Phases.h"
#include "support/Flags.h"

namespace cria::driver {
namespace {

void checkWasm(const Options &options, const std::vector<Target> &targets) {
  if (isLinked(options.emit))
    throw UsageError("--target: WebAssembly has no programs; use --emit=wasm");
  if (options.embedWeights)
    throw UsageError("--embed-weights: a WebAssembly module has no files in it");
  if (targets.size() > 1)
    throw UsageError("--cpu: a WebAssembly module is for one CPU");
}

} // namespace

void checkSystem(const Options &options, const Source &source, const std::vector<Target> &targets) {
  const Target &target = targets.front();
  if (!options.stopAfter.empty() && !findPhase(options.stopAfter, target.info.backend))
    throw UsageError("--stop-after: \"" + options.stopAfter +
                     "\" is not a phase of --target=" + source.plan.target);
  if (target.isWasm())
    checkWasm(options, targets);
  else if (options.emit == Emit::wasm)
    throw UsageError("--emit=wasm: it goes with --target=wasm32");
}

} // namespace cria::driver
