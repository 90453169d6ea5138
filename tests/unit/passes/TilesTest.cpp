//===- TilesTest.cpp - How large a tile is --------------------------------===//
#include "passes/schedule/Tiles.h"
#include "Parsed.h"

using namespace cria;
using test::Parsed;

namespace {

constexpr const char *packed = "!cria.block<q4_0, packed>";

/// A kernel of one linear with this number of outputs.
std::string linear(int outputs, const std::string &storage = "f32") {
  std::string weight = "tensor<" + std::to_string(outputs) + "x64x" + storage + ">",
              out = "tensor<4x" + std::to_string(outputs) + "xf32>";
  return "func.func @f(%x: tensor<4x64xf32>, %w: " + weight + ", %e: " + out + ") -> " + out +
         " {\n  %k = cria.kernel \"k\" -> " + out +
         " {\n  %0 = cria.linear %x, %w into %e : tensor<4x64xf32>, " + weight + " into " + out +
         "\n  cria.yield %0 : " + out + "\n  }\n  return %k : " + out + "\n}";
}

/// Two linears of one input, of 1024 and 256 outputs.
const std::string siblings = R"(
func.func @f(%x: tensor<4x64xf32>, %q: tensor<1024x64xf32>, %k: tensor<256x64xf32>,
             %e: tensor<4x1024xf32>, %g: tensor<4x256xf32>)
    -> (tensor<4x1024xf32>, tensor<4x256xf32>) {
  %0:2 = cria.kernel "qk" -> tensor<4x1024xf32>, tensor<4x256xf32> {
    %1 = cria.linear %x, %q into %e
       : tensor<4x64xf32>, tensor<1024x64xf32> into tensor<4x1024xf32>
    %2 = cria.linear %x, %k into %g : tensor<4x64xf32>, tensor<256x64xf32> into tensor<4x256xf32>
    cria.yield %1, %2 : tensor<4x1024xf32>, tensor<4x256xf32>
  }
  return %0#0, %0#1 : tensor<4x1024xf32>, tensor<4x256xf32>
})";

using Sizes = llvm::SmallVector<std::int64_t>;

Sizes sizes(const std::string &kernel, TargetInfo target, const Unit &unit = fmaUnit) {
  Parsed ir(kernel);
  return chooseTileSizes(Grid(ir.get<KernelOp>()), target, unit);
}

std::string fault(const std::string &kernel, const Sizes &tiles) {
  Parsed ir(kernel);
  return faultOfTiles(Grid(ir.get<KernelOp>()), tiles);
}

} // namespace

TEST_CASE("what fits in the first-level cache is one tile") {
  CHECK(sizes(linear(16), {.l1Bytes = 32 << 10}).empty());
  CHECK_FALSE(sizes(linear(1024), {.l1Bytes = 32 << 10}).empty());
}

TEST_CASE("tiles are of one size where the extent has such a divisor") {
  TargetInfo target{.l1Bytes = 1 << 10, .l2Bytes = 1 << 30, .cores = 1};
  Sizes even = sizes(linear(960), target);
  REQUIRE(even.size() == 2);
  CHECK(even[0] == 0); // tokens are not split
  CHECK(960 % even[1] == 0);
  Sizes prime = sizes(linear(997), target); // no divisor, so the last tile is another size
  CHECK(prime[1] > 1);
}

TEST_CASE("tiles for tensor cores have whole fragments, and enough of them") {
  TargetInfo target{.l1Bytes = 1 << 10, .l2Bytes = 1 << 12, .cores = 1, .backend = Backend::gpu};
  CHECK(sizes(linear(2048), target, mmaBf16Unit)[1] == 32);
  CHECK(sizes(linear(688), target, mmaBf16Unit)[1] == 344); // 8 · 43 · 2
  CHECK(sizes(linear(43 * 8), target, mmaBf16Unit).empty());
  CHECK(sizes(siblings, target, mmaBf16Unit)[1] % 32 == 0);
}

TEST_CASE("tiles for tensor cores are small where there are more cores than tiles") {
  TargetInfo target{.l1Bytes = 1 << 10, .l2Bytes = 1 << 12, .cores = 132, .backend = Backend::gpu};
  CHECK(sizes(linear(8192), target, mmaBf16Unit)[1] == 32); // 256 tiles
  CHECK(sizes(linear(2048), target, mmaBf16Unit)[1] == 16); // 128
  CHECK(sizes(linear(43 * 8), target, mmaBf16Unit)[1] == 8);
  CHECK(sizes(siblings, target, mmaBf16Unit)[1] == 32); // with 8 outputs of the smaller one
}

TEST_CASE("each warp of a block has an output, if no multiprocessor is without a block") {
  TargetInfo target{.l1Bytes = 1 << 10, .l2Bytes = 1 << 30, .cores = 16, .backend = Backend::gpu};
  CHECK(sizes(linear(1024), target)[1] == 8);
  CHECK(sizes(linear(16), target)[1] == 1);
  CHECK(sizes(siblings, target)[1] == 32); // with 8 outputs of the smaller one
  target.cores = 128;
  CHECK(sizes(siblings, target)[1] == 8); // with 2
}

TEST_CASE("slices of packed weights are whole eights of rows") {
  TargetInfo target{.l1Bytes = 1 << 10, .l2Bytes = 1 << 30, .cores = 16};
  int outputs = 8 * 257; // whose divisors are too few
  CHECK(sizes(linear(outputs, "!cria.block<q4_0>"), target)[1] % 8 != 0);
  CHECK(sizes(linear(outputs, packed), target)[1] % 8 == 0);
  std::string both = siblings;
  for (const char *weight : {"1024x64xf32", "256x64xf32"})
    for (std::size_t at = 0; (at = both.find(weight, at)) != both.npos;)
      both.replace(both.find("f32", at), 3, packed);
  CHECK(sizes(both, target)[1] % 32 == 0); // four outputs of one for each of the other
  CHECK(fault(linear(1024, packed), {0, 24}) == "");
  CHECK(fault(linear(1024, packed), {0, 12}) ==
        "tiles [0, 12]: loop 1 has steps of 8, since rows of weights are packed");
  CHECK(fault(both, {0, 32}) == "");
  CHECK(fault(both, {0, 16}) ==
        "tiles [0, 16]: loop 1 has steps of 32, since rows of weights are packed");
}

TEST_CASE("more cores get more tiles") {
  TargetInfo one{.l1Bytes = 1 << 10, .l2Bytes = 1 << 30, .cores = 1}, many = one;
  many.cores = 8;
  CHECK(sizes(linear(1024), many)[1] < sizes(linear(1024), one)[1]);
}

TEST_CASE("chosen sizes have no fault") {
  TargetInfo target{.l1Bytes = 1 << 10, .l2Bytes = 1 << 20, .cores = 4};
  for (const std::string &kernel : {linear(1024), linear(997), linear(2056, packed), siblings})
    CHECK(fault(kernel, sizes(kernel, target)) == "");
}

TEST_CASE("sizes that do not fit a kernel are refused") {
  CHECK(fault(linear(1024), {0, 1024}) == "");
  CHECK(fault(linear(1024), {0, 1000}) == ""); // the last tile is smaller
  CHECK(fault(linear(1024), {64}) == "tiles [64]: its root has 2 loops, so there are 2 sizes");
  CHECK(fault(linear(1024), {2, 64}) == "tiles [2, 64]: only loop 1 can be split, and must be");
  CHECK(fault(linear(1024), {2, 0}) == "tiles [2, 0]: only loop 1 can be split, and must be");
  CHECK(fault(linear(1024), {0, 1025}) == "tiles [0, 1025]: loop 1 has only 1024 iterations");
}

TEST_CASE("siblings are cut into the same number of tiles") {
  CHECK(fault(siblings, {0, 64}) == ""); // 16 tiles of 64 and of 16
  CHECK(fault(siblings, {0, 100}) ==
        "tiles [0, 100]: all tiles must have the same size, so their number must divide 256");
  CHECK(fault(siblings, {0, 2}) ==
        "tiles [0, 2]: all tiles must have the same size, so their number must divide 256");
}
