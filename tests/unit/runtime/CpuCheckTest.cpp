#include "runtime/CpuCheck.h"
#include "TestSupport.h"

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
  CHECK(missingFeatures("+avx2,+fma,+f16c", fakeCpu) == List{"avx2", "f16c"});
  CHECK(missingFeatures("-avx2,+avx,+unheard-of,avx2,,+", fakeCpu).empty());
  CHECK(missingFeatures("", fakeCpu).empty());
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

TEST_CASE("a model for another CPU is refused with what to do") {
  // No CPU has all of these: the first is Intel's, the second AMD's of another decade.
  cria_model model = fake::descriptor();
  model.cpu = "chimera";
  model.cpu_features = "+sse2,+amx-tile,+fma4";
  auto message = test::errorOf([&] { checkCpu(model); });
  CHECK(message.starts_with("this program was compiled for chimera, this CPU lacks "));
  CHECK(message.ends_with("fma4; recompile with criac --cpu=native"));
  model.cpu_features = "+sse2";
  CHECK(test::errorOf([&] { checkCpu(model); }).empty());
}
#endif
