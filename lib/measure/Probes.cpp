//===- Probes.cpp - Hardware limits of this machine -----------------------===//
#include "measure/Probes.h"
#include "measure/Caches.h"
#include "measure/ProbeCode.h"
#include "runtime/cli/Stats.h"
#include <cstring>

namespace cria::measure {
namespace {

/// Takes tens of milliseconds.
constexpr std::int64_t rounds = 1 << 23;
constexpr int passes = 2;

/// Holds the widest vector.
struct alignas(256) Sum {
  std::byte bytes[256];
};

driver::Jit compileProbes(const driver::Target &target) {
  driver::LlvmCode code = probeCode(target);
  return {std::move(code.module), std::move(code.context), target};
}

} // namespace

Probes::Probes(const driver::Target &target, std::size_t bufferBytes)
    : jit(compileProbes(target)), buffer(rt::Mapping::zeros(bufferBytes, "bandwidth probe")),
      read(jit.lookup<void(const void *, std::int64_t, void *)>("read")),
      multiplyAdd(jit.lookup<void(std::int64_t, void *)>("multiply_add")),
      blockBytes(readBlock(target.info)),
      flopsPerRound(2 * chains(target.info) * target.info.lanes()) {
  // Untouched zero pages all map to one physical page, which stays in the cache.
  std::memset(buffer.data(), 1, buffer.size());
}

double Probes::readBandwidth(int threads) const {
  auto slice = static_cast<std::int64_t>(buffer.size()) / threads / blockBytes * blockBytes;
  rt::Stopwatch watch;
  for (int pass = 0; pass < passes; ++pass)
    team.run(threads, [&](int part) {
      Sum sum;
      read(buffer.data() + part * slice, slice, &sum);
    });
  return static_cast<double>(passes * slice * threads) / watch.seconds();
}

double Probes::multiplyAdds(int threads) const {
  rt::Stopwatch watch;
  team.run(threads, [&](int) {
    Sum sum;
    multiplyAdd(rounds, &sum);
  });
  return static_cast<double>(rounds * flopsPerRound * threads) / watch.seconds();
}

std::size_t Probes::beyondCaches() {
  return std::max(std::size_t(256) << 20, 8 * lastLevelCache());
}

} // namespace cria::measure
