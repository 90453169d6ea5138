#include "runtime/device/GpuApi.h"
#include "runtime/device/PinnedUpload.h"
#include <catch2/catch.hpp>
#include <dlfcn.h>
#include <numeric>
#include <vector>

using namespace cria::rt;

// The stand-in reads pinned memory when a stream is waited for: a part that is overwritten too
// early arrives as the one after it.
TEST_CASE("parts of a large copy arrive as they were") {
  REQUIRE(dlopen(CRIA_STANDIN, RTLD_NOW | RTLD_LOCAL)); // found by its name from now on
  const GpuDriver &driver = GpuDriver::get(*findGpuApi("cuda"));
  constexpr std::size_t part = 64;
  PinnedUpload upload(driver, part);
  for (std::size_t bytes : {0, 1, 64, 65, 128, 129, 1000}) {
    std::vector<unsigned char> from(bytes);
    std::iota(from.begin(), from.end(), 0);
    GpuAddress to = 0;
    REQUIRE(driver.memoryAllocate(&to, bytes + 1) == 0);
    upload.copy(to, reinterpret_cast<const std::byte *>(from.data()), bytes);
    std::vector<unsigned char> back(bytes);
    REQUIRE(driver.copyToHost(back.data(), to, bytes, nullptr) == 0);
    CHECK(back == from);
    driver.memoryFree(to);
  }
}
