//===- KeysTest.cpp - Blocks of keys --------------------------------------===//
#include "Parsed.h"
#include "passes/schedule/Policies.h"

using namespace cria;
using test::Parsed;

namespace {

/// The keys of a kernel that attends to a cache of this many rows, 512 bytes of keys and values
/// each.
std::int64_t keys(int rows, std::int64_t l1Bytes) {
  std::string cache = "tensor<2x" + std::to_string(rows) + "x64xf32>", q = "tensor<1x4x64xf32>";
  Parsed ir("func.func @f(%q: " + q + ", %k: " + cache + ", %p: index, %e: " + q + ") -> " + q +
            " {\n  %0 = cria.kernel \"attend\" -> " + q +
            " {\n    %1 = cria.attend %q, %k, %k at %p into %e {scale = 1.0 : f64} : " + q + ", " +
            cache + ", " + cache + " into " + q + "\n    cria.yield %1 : " + q +
            "\n  }\n  return %0 : " + q + "\n}");
  return chooseKeys(ir.get<KernelOp>(), {.l1Bytes = l1Bytes});
}

} // namespace

TEST_CASE("keys and values of a block fit the first-level cache, within bounds") {
  CHECK(keys(4096, 16 << 10) == 32);
  CHECK(keys(4096, 24 << 10) == 32); // a power of two
  CHECK(keys(4096, 1 << 20) == 64);
  CHECK(keys(4096, 64) == 16);
  CHECK(keys(5, 16 << 10) == 5); // the whole cache
}

TEST_CASE("kernels without attention have no keys") {
  Parsed ir(R"(
func.func @f() {
  cria.kernel "nothing" {
  }
  return
})");
  CHECK(chooseKeys(ir.get<KernelOp>(), {}) == 0);
}
