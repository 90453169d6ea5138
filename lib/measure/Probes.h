//===- Probes.h - Hardware limits of this machine ---------------*- C++ -*-===//
#pragma once
#include "driver/Jit.h"
#include "measure/Team.h"
#include "runtime/Mapping.h"

namespace cria::measure {

/// Measures the two limits of a step: read bandwidth and peak multiply-adds. The probes are
/// compiled for this CPU, with the vector width and prefetch distance of compiled models.
class Probes {
public:
  /// Allocates `bufferBytes`. Throws cria::Error.
  explicit Probes(const driver::Target &target, std::size_t bufferBytes = beyondCaches());

  /// Bytes per second that `threads` threads read now, each in its slice of the buffer.
  double readBandwidth(int threads) const;
  /// f32 operations per second of `threads` threads now; a multiply-add is two.
  double multiplyAdds(int threads) const;

  Team &threads() { return team; }
  std::size_t bufferBytes() const { return buffer.size(); }

  /// Eight times the last-level cache, but at least 256 MiB.
  static std::size_t beyondCaches();

private:
  driver::Jit jit;
  Team team;
  rt::Mapping buffer;
  void (*read)(const void *begin, std::int64_t bytes, void *sum);
  void (*multiplyAdd)(std::int64_t rounds, void *sum);
  std::int64_t blockBytes, flopsPerRound;
};

} // namespace cria::measure
