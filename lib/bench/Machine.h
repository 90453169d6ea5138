//===- Machine.h - What a model is measured on ------------------*- C++ -*-===//
#pragma once
#include "bench/Options.h"
#include "driver/Target.h"
#include "measure/Point.h"
#include "runtime/KernelProfile.h"

namespace cria::bench {

/// A model on a machine. It is measured by the wall clock; limits are measured when they are asked
/// for.
class Bed {
public:
  virtual ~Bed() = default;
  /// Everything runs on so many threads from now on; a GPU has none.
  virtual void resize(int threads) = 0;
  /// Seconds for the tokens of `point`, which a session must hold. Decode is timed after one
  /// warm-up step. With a `profile`, notes where the time goes. Throws cria::Error.
  virtual double run(const measure::Point &point, rt::KernelProfile *profile) = 0;
  /// Bytes per second that memory delivers.
  virtual double bandwidth() = 0;
  /// Operations per second that the unit does; nothing if that is not known.
  virtual std::optional<double> peak() = 0;
};

/// This CPU, or a GPU of this machine.
class Machine {
public:
  virtual ~Machine() = default;
  virtual const driver::Target &target() const = 0;
  /// Where entry points of a GPU's code run; null for a CPU.
  virtual const driver::Target *host() const { return nullptr; }
  virtual std::string name() const = 0;
  /// The multiplying unit that limits prefill; empty if it is not known.
  virtual std::string unit() const = 0;
  /// Bytes of the last-level cache; 0 if they are not known.
  virtual double cacheBytes() const { return 0; }
  /// Numbers of threads to measure with, one after the other; 0 for a GPU.
  virtual std::vector<std::int64_t> threads() const = 0;
  /// Loads the weights of `model`, which was compiled for this and must outlive what is returned.
  /// Throws cria::Error.
  virtual std::unique_ptr<Bed> open(const cria_model &model) = 0;
};

/// The machine that `options` name, for a model like `source`. Throws cria::Error.
std::unique_ptr<Machine> cpuMachine(const Options &options, const driver::Source &source);
std::unique_ptr<Machine> gpuMachine(const Options &options);
inline std::unique_ptr<Machine> chooseMachine(const Options &options,
                                              const driver::Source &source) {
  return options.isOnGpu() ? gpuMachine(options) : cpuMachine(options, source);
}

} // namespace cria::bench
