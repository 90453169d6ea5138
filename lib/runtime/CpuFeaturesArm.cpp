//===- CpuFeaturesArm.cpp - Features of AArch64 and how to probe them -----===//
#include "runtime/CpuCheck.h"

#if defined(__aarch64__)
#include <sys/auxv.h>

namespace cria::rt {

std::optional<bool> cpuHas(std::string_view name) {
  // Bits of Linux's hwcap words, which are ABI.
  static constexpr struct {
    std::string_view name;
    unsigned long word;
    int bit;
  } features[] = {{"fp-armv8", AT_HWCAP, 0},  {"neon", AT_HWCAP, 1},   {"aes", AT_HWCAP, 3},
                  {"sha2", AT_HWCAP, 6},      {"crc", AT_HWCAP, 7},    {"lse", AT_HWCAP, 8},
                  {"fullfp16", AT_HWCAP, 10}, {"rdm", AT_HWCAP, 12},   {"rcpc", AT_HWCAP, 15},
                  {"dotprod", AT_HWCAP, 20},  {"sve", AT_HWCAP, 22},   {"fp16fml", AT_HWCAP, 23},
                  {"sve2", AT_HWCAP2, 1},     {"i8mm", AT_HWCAP2, 13}, {"bf16", AT_HWCAP2, 14}};
  for (const auto &feature : features)
    if (feature.name == name)
      return (getauxval(feature.word) >> feature.bit & 1) != 0;
  return std::nullopt;
}

} // namespace cria::rt

#endif
