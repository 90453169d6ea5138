//===- Caches.cpp - Cache sizes of this machine ---------------------------===//
#include "measure/Caches.h"
#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <unistd.h>

namespace cria::measure {

std::size_t lastLevelCache() {
  // On a virtual machine, sysconf also counts the caches of processors that belong to others.
  std::map<std::string, std::size_t> kibibytes; // keyed by the processors that share a cache
  for (long cpu = 0; cpu < sysconf(_SC_NPROCESSORS_CONF); ++cpu) {
    std::string folder = fmt::format("/sys/devices/system/cpu/cpu{}/cache/index3/", cpu);
    std::ifstream size(folder + "size"), sharers(folder + "shared_cpu_list");
    std::string who;
    std::size_t count = 0;
    if (size >> count && sharers >> who) // "32768K"
      kibibytes[who] = count;
  }
  std::size_t total = 0;
  for (const auto &[who, count] : kibibytes)
    total += count << 10;
  return total ? total : std::size_t(std::max(sysconf(_SC_LEVEL3_CACHE_SIZE), 0L));
}

} // namespace cria::measure
