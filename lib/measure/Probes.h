//===- Probes.h - Hardware limits of this machine ---------------*- C++ -*-===//
#pragma once
#include "driver/Jit.h"
#include "measure/ProbeUnits.h"
#include "measure/ReadWays.h"
#include "measure/Team.h"
#include "runtime/Mapping.h"
#include "storage/Storage.h"

namespace cria::measure {

/// Measures the limits of a step: read bandwidth, and the peak of each multiplying unit. The probes
/// are compiled for this CPU.
class Probes {
public:
  /// Allocates `bufferBytes` twice, on usual and on huge pages. Throws cria::Error.
  explicit Probes(const driver::Target &target, std::size_t bufferBytes = beyondCaches());

  /// Bytes per second that `threads` threads read now, each in its part of the buffer: the best of
  /// `readRates`.
  double readBandwidth(int threads) const;
  /// For each of `readWays`, after a pass that wakes the threads and is not timed.
  std::vector<double> readRates(int threads) const;

  /// The units that this CPU has, in the order of ProbeUnits.
  const std::vector<UnitForm> &units() const { return forms; }
  /// Operations per second of `threads` threads now: the best of a few passes.
  double peak(const UnitForm &form, int threads) const;
  /// The fastest unit, on one thread, for weights of this storage.
  const UnitForm &fastestUnit(const storage::Storage &weights) const;

  Team &threads() { return team; }
  std::size_t bufferBytes() const { return usualPages.size(); }

  /// Eight times the last-level cache, but at least 256 MiB.
  static std::size_t beyondCaches();

private:
  using ReadFunction = void(const void *begin, std::int64_t bytes, void *sum);
  using UnitFunction = void(std::int64_t rounds, void *sum);

  double readRate(const ReadWay &way, int threads) const;

  TargetInfo info;
  std::vector<UnitForm> forms;
  driver::Jit jit;
  Team team;
  rt::Mapping usualPages, hugePages;
};

} // namespace cria::measure
