//===- Probes.h - What this machine can do at most --------------*- C++ -*-===//
#pragma once
#include "driver/Jit.h"
#include "measure/Team.h"
#include "runtime/Mapping.h"

namespace cria::measure {

/// The two limits of a step: bytes read and multiply-adds. Code for them is made for the CPU
/// that runs this, with its vectors and its prefetch distance.
class Probes {
public:
  /// Takes memory of `bufferBytes`. Throws cria::Error.
  explicit Probes(const driver::Target &target, std::size_t bufferBytes = beyondCaches());

  /// Bytes a second that `threads` threads read now, in slices of one long stream.
  double readBandwidth(int threads) const;
  /// f32 operations a second that `threads` threads do now; a multiply-add is two.
  double multiplyAdds(int threads) const;

  Team &threads() { return team; }
  std::size_t bufferBytes() const { return buffer.size(); }

  /// Eight times the last-level cache, and 256 MiB or more.
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
