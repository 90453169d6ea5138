//===- CpuFeaturesX86.cpp - Features of x86-64 and how to probe them ------===//
//
// Only features that code generation uses for arithmetic and data movement: a virtual machine
// may well hide system features (pku, xsaves, ...) that a CPU's full list has.
//
//===----------------------------------------------------------------------===//
#include "runtime/CpuCheck.h"
#include <cstdint>

#if defined(__x86_64__)
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace cria::rt {
namespace {

enum Register { EAX, EBX, ECX, EDX };

/// State that the operating system must save (bits of XCR0).
enum State : uint32_t { none = 0, ymm = 0x6, zmm = 0xe6, tile = 0x60000 };

struct Feature {
  std::string_view name;
  uint32_t leaf, subleaf;
  Register reg;
  int bit;
  State state;
};

constexpr uint32_t extended = 0x80000001;

constexpr Feature features[] = {
    {"sse3", 1, 0, ECX, 0, none},
    {"pclmul", 1, 0, ECX, 1, none},
    {"ssse3", 1, 0, ECX, 9, none},
    {"fma", 1, 0, ECX, 12, ymm},
    {"cx16", 1, 0, ECX, 13, none},
    {"sse4.1", 1, 0, ECX, 19, none},
    {"sse4.2", 1, 0, ECX, 20, none},
    {"movbe", 1, 0, ECX, 22, none},
    {"popcnt", 1, 0, ECX, 23, none},
    {"aes", 1, 0, ECX, 25, none},
    {"avx", 1, 0, ECX, 28, ymm},
    {"f16c", 1, 0, ECX, 29, ymm},
    {"cx8", 1, 0, EDX, 8, none},
    {"cmov", 1, 0, EDX, 15, none},
    {"mmx", 1, 0, EDX, 23, none},
    {"sse", 1, 0, EDX, 25, none},
    {"sse2", 1, 0, EDX, 26, none},
    {"bmi", 7, 0, EBX, 3, none},
    {"avx2", 7, 0, EBX, 5, ymm},
    {"bmi2", 7, 0, EBX, 8, none},
    {"avx512f", 7, 0, EBX, 16, zmm},
    {"avx512dq", 7, 0, EBX, 17, zmm},
    {"adx", 7, 0, EBX, 19, none},
    {"avx512ifma", 7, 0, EBX, 21, zmm},
    {"avx512cd", 7, 0, EBX, 28, zmm},
    {"sha", 7, 0, EBX, 29, none},
    {"avx512bw", 7, 0, EBX, 30, zmm},
    {"avx512vl", 7, 0, EBX, 31, zmm},
    {"avx512vbmi", 7, 0, ECX, 1, zmm},
    {"avx512vbmi2", 7, 0, ECX, 6, zmm},
    {"gfni", 7, 0, ECX, 8, none},
    {"vaes", 7, 0, ECX, 9, ymm},
    {"vpclmulqdq", 7, 0, ECX, 10, ymm},
    {"avx512vnni", 7, 0, ECX, 11, zmm},
    {"avx512bitalg", 7, 0, ECX, 12, zmm},
    {"avx512vpopcntdq", 7, 0, ECX, 14, zmm},
    {"avx512vp2intersect", 7, 0, EDX, 8, zmm},
    {"amx-bf16", 7, 0, EDX, 22, tile},
    {"avx512fp16", 7, 0, EDX, 23, zmm},
    {"amx-tile", 7, 0, EDX, 24, tile},
    {"amx-int8", 7, 0, EDX, 25, tile},
    {"avxvnni", 7, 1, EAX, 4, ymm},
    {"avx512bf16", 7, 1, EAX, 5, zmm},
    {"amx-fp16", 7, 1, EAX, 21, tile},
    {"avxifma", 7, 1, EAX, 23, ymm},
    {"avxvnniint8", 7, 1, EDX, 4, ymm},
    {"avxneconvert", 7, 1, EDX, 5, ymm},
    {"amx-complex", 7, 1, EDX, 8, tile},
    {"avxvnniint16", 7, 1, EDX, 10, ymm},
    {"sahf", extended, 0, ECX, 0, none},
    {"lzcnt", extended, 0, ECX, 5, none},
    {"sse4a", extended, 0, ECX, 6, none},
    {"xop", extended, 0, ECX, 11, ymm},
    {"fma4", extended, 0, ECX, 16, ymm},
    {"tbm", extended, 0, ECX, 21, none},
};

/// XCR0; 0 if the operating system does not tell.
uint32_t savedState() {
  constexpr uint32_t osxsave = 1u << 27;
  uint32_t a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & osxsave))
    return 0;
  uint32_t low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

/// Whether the operating system saves `state` for this process. Linux has room for tiles only where
/// a process asks for it, once for all of its threads; other code is not told to.
bool isSaved(State state) {
  if ((savedState() & state) != state)
    return false;
  if (state != tile)
    return true;
  static const bool granted = [] {
    constexpr long request = 0x1023, tileData = 18; // ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA
    return syscall(SYS_arch_prctl, request, tileData) == 0;
  }();
  return granted;
}

} // namespace

std::optional<bool> cpuHas(std::string_view name) {
  for (const Feature &feature : features) {
    if (feature.name != name)
      continue;
    uint32_t regs[4];
    if (!__get_cpuid_count(feature.leaf, feature.subleaf, &regs[EAX], &regs[EBX], &regs[ECX],
                           &regs[EDX]))
      return false;
    return (regs[feature.reg] >> feature.bit & 1) != 0 && isSaved(feature.state);
  }
  return std::nullopt;
}

} // namespace cria::rt

#endif
