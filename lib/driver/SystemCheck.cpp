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

void checkGpu(const Options &options, const Source &source) {
  const std::string &name = source.plan.target;
  if (options.emit == Emit::wasm)
    throw UsageError("--emit=wasm: it goes with --target=wasm32");
  if (spec::DType cache = *source.plan.cache; !is_float(cache))
    throw Error("--target=" + name + ": --kv-dtype: keys and values stored as " + name_of(cache) +
                " cannot be read on GPUs yet");
  source.forEachTensor([&](const spec::Param &param, const storage::Storage &type) {
    if (type.isBlock())
      throw Error("--target=" + name + ": weights stored as " + std::string(type.word) +
                  " cannot be read on GPUs yet; " + param.name + " has to be f32, f16 or bf16");
  });
}

} // namespace

void checkSystem(const Options &options, const Source &source, const std::vector<Target> &targets) {
  const Target &target = targets.front();
  if (!options.stopAfter.empty() && !findPhase(options.stopAfter, target.info.backend))
    throw UsageError("--stop-after: \"" + options.stopAfter +
                     "\" is not a phase of --target=" + source.plan.target);
  if (target.isGpu())
    checkGpu(options, source);
  else if (target.isWasm())
    checkWasm(options, targets);
  else if (options.emit == Emit::wasm)
    throw UsageError("--emit=wasm: it goes with --target=wasm32");
}

} // namespace cria::driver
