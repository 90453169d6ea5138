//===- TileSizesTest.cpp - How large a tile is ----------------------------===//
#include "passes/loops/TileSizes.h"
#include "Parsed.h"

using namespace cria;
using test::Parsed;

namespace {

std::string linear(int outputs) {
  std::string weight = "tensor<" + std::to_string(outputs) + "x64xf32>",
              out = "tensor<4x" + std::to_string(outputs) + "xf32>";
  return "func.func @f(%x: tensor<4x64xf32>, %w: " + weight + ", %e: " + out + ") -> " + out +
         " {\n  %0 = cria.linear %x, %w into %e : tensor<4x64xf32>, " + weight + " into " + out +
         "\n  return %0 : " + out + "\n}";
}

llvm::SmallVector<std::int64_t> sizes(int outputs, TargetInfo target) {
  Parsed ir(linear(outputs));
  return chooseTileSizes(chooseGroup(ir.get<LinearOp>(), 1), target);
}

using Sizes = llvm::SmallVector<std::int64_t>;

} // namespace

TEST_CASE("the loop that shares the least is split") {
  Parsed ir(linear(1024)); // weights are larger than activations: tiles of columns
  CHECK(chooseGroup(ir.get<LinearOp>(), 1).loop() == 1);
}

TEST_CASE("what fits in the first-level cache is one tile") {
  CHECK(sizes(16, {.l1Bytes = 32 << 10}).empty());
  CHECK_FALSE(sizes(1024, {.l1Bytes = 32 << 10}).empty());
}

TEST_CASE("tiles are of one size where the extent has such a divisor") {
  TargetInfo target{.l1Bytes = 1 << 10, .l2Bytes = 1 << 30, .cores = 1};
  Sizes even = sizes(960, target);
  REQUIRE(even.size() == 2);
  CHECK(even[0] == 0); // tokens are not split
  CHECK(960 % even[1] == 0);
  Sizes prime = sizes(997, target); // no divisor, so the last tile is another size
  CHECK(prime[1] > 1);
}

TEST_CASE("more cores get more tiles") {
  TargetInfo one{.l1Bytes = 1 << 10, .l2Bytes = 1 << 30, .cores = 1}, many = one;
  many.cores = 8;
  CHECK(sizes(1024, many)[1] < sizes(1024, one)[1]);
}
