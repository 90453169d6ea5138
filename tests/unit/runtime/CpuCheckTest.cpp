#include "runtime/CpuCheck.h"
#include "TestSupport.h"
#include <fstream>
#include <sys/syscall.h>
#include <unistd.h>

using namespace cria::rt;

static std::optional<bool> fakeCpu(std::string_view name) {
  if (name == "fma" || name == "avx")
    return true;
  if (name == "avx2" || name == "f16c")
    return false;
  return std::nullopt;
}

TEST_CASE("features that the CPU lacks are listed, others are not") {
  using List = std::vector<std::string>;
  CHECK(checkFeatures("+avx2,+fma,+f16c", fakeCpu).missing == List{"avx2", "f16c"});
  CHECK(checkFeatures("-avx2,+avx,+unheard-of,avx2,,+", fakeCpu).missing.empty());
  CHECK(checkFeatures("", fakeCpu).missing.empty());
  CHECK(checkFeatures("+avx2,+fma,+unheard-of,-avx,+avx", fakeCpu).present == 2);
}

#if defined(__x86_64__)
TEST_CASE("the probe knows this CPU") {
  CHECK(cpuHas("sse2") == true); // part of x86-64
  CHECK(cpuHas("cmov") == true);
  CHECK(cpuHas("avx2") == static_cast<bool>(__builtin_cpu_supports("avx2")));
  CHECK(cpuHas("avx512f") == static_cast<bool>(__builtin_cpu_supports("avx512f")));
  CHECK(cpuHas("fma") == static_cast<bool>(__builtin_cpu_supports("fma")));
  CHECK(cpuHas("bmi2") == static_cast<bool>(__builtin_cpu_supports("bmi2")));
  CHECK(cpuHas("popcnt") == static_cast<bool>(__builtin_cpu_supports("popcnt")));
  CHECK(cpuHas("no-such-feature") == std::nullopt);
}

TEST_CASE("tiles are there where the CPU has them and this process may use them") {
  std::ifstream file("/proc/cpuinfo");
  std::string line;
  while (std::getline(file, line) && !line.starts_with("flags"))
    continue;
  for (const char *name : {"tile", "bf16", "int8"}) {
    bool has = cpuHas("amx-" + std::string(name)).value(); // asks for them
    std::uint64_t permitted = 0;
    syscall(SYS_arch_prctl, 0x1022, &permitted); // ARCH_GET_XCOMP_PERM
    bool listed = (line + " ").find(" amx_" + std::string(name) + " ") != std::string::npos;
    CHECK(has == (listed && (permitted >> 18 & 1)));
  }
}

#endif
