//===- KernelProfileTest.cpp - Where the time of compiled code goes -------===//
#include "runtime/KernelProfile.h"
#include "catch2/catch.hpp"
#include "runtime/cli/KernelTable.h"

using namespace cria::rt;
using Catch::Matchers::Contains;

namespace {

// Fixed, per token, per row of the cache, per pair of a token and a row that it sees.
constexpr cria_kernel kernels[] = {
    {"prefill.qkv", 2, {1000, 10, 0, 0}, {0, 600, 0, 0}},
    {"prefill.attend", 2, {0, 5, 3, 0}, {0, 0, 0, 4}},
    {"head.logits", 1, {700, 0, 0, 0}, {1400, 0, 0, 0}},
    {"decode.qkv", 2, {1010, 0, 0, 0}, {600, 0, 0, 0}},
};

cria_code code() {
  cria_code code{};
  code.kernels = kernels;
  code.kernel_count = std::size(kernels);
  return code;
}

} // namespace

TEST_CASE("work of an entry point follows its tokens and its context") {
  cria_code compiled = code();
  KernelWork three = workOf(compiled, "prefill", /*context=*/4, /*tokens=*/3);
  CHECK(three.bytes == 2 * (1000 + 3 * 10) + 2 * (3 * 5 + 7 * 3));
  CHECK(three.flops == 2 * 3 * 600 + 2 * (5 + 6 + 7) * 4); // tokens see 5, 6 and 7 rows
  CHECK(workOf(compiled, "decode", 100, 1).bytes == 2 * 1010);
  CHECK(workOf(compiled, "absent", 0, 1).bytes == 0);
}

TEST_CASE("a prompt in two chunks is the work of one on the pairs it sees") {
  cria_code compiled = code();
  double parts = workOf(compiled, "prefill", 0, 5).flops + workOf(compiled, "prefill", 5, 3).flops;
  CHECK(parts == workOf(compiled, "prefill", 0, 8).flops);
}

TEST_CASE("a profile has the kernels of the entry points that were called") {
  cria_code compiled = code();
  KernelProfile profile(compiled);
  CHECK(profile.entries().empty());
  REQUIRE(profile.times().size() == std::size(kernels));
  for (int call = 0; call < 2; ++call) {
    profile.times()[0].calls += 2;
    profile.times()[0].nanoseconds += 600'000'000;
    profile.times()[1].calls += 2;
    profile.times()[1].nanoseconds += 300'000'000;
    profile.addCall("prefill", 4, 3, /*seconds=*/1);
  }
  auto entries = profile.entries();
  REQUIRE(entries.size() == 1);
  const KernelProfile::Entry &prefill = entries.front();
  CHECK(prefill.name == "prefill");
  CHECK(prefill.calls == 2);
  CHECK(prefill.seconds == 2);
  REQUIRE(prefill.rows.size() == 2);
  CHECK(prefill.rows[0].name == "qkv");
  CHECK(prefill.rows[0].calls == 4);
  CHECK(prefill.rows[0].seconds == Approx(1.2));
  CHECK(prefill.rows[0].work.bytes == 2 * 2 * (1000 + 3 * 10));
  CHECK(prefill.rows[1].seconds == Approx(0.6));
  CHECK(prefill.between() == Approx(0.2));
}

TEST_CASE("the limit of a kernel is the one that it is closest to") {
  KernelLimits limits{/*bytes=*/100, /*flops=*/1000};
  KernelWork copies{50, 10}, multiplies{5, 400};
  CHECK(limits.isReading(copies));
  CHECK(limits.fraction(copies, 1) == 0.5);
  CHECK_FALSE(limits.isReading(multiplies));
  CHECK(limits.fraction(multiplies, 2) == 0.2);
  CHECK(limits.fraction(copies, 0) == 0);
}

TEST_CASE("a table of kernels is per call and sums to the call") {
  KernelProfile::Entry entry{
      "decode", 2, 0.2, {{"qkv", 4, 0.1, {2e9, 4e9}}, {"down", 4, 0.09, {}}}};
  std::string text = kernelTable(entry);
  CHECK_THAT(text, Contains("kernel") && !Contains("of limit"));
  CHECK_THAT(text, Contains("qkv                   2     50.000   50.0%    1000.00    20.0"));
  CHECK_THAT(text, Contains("between kernels              5.000    5.0%"));
  CHECK_THAT(text, Contains("all                   4    100.000  100.0%"));
  CHECK_THAT(kernelTable(entry, {40e9, 1000e9}), Contains("of limit") && Contains("50.0% read"));
}
