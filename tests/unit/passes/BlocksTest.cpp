//===- BlocksTest.cpp - Register blocks of products -----------------------===//
#include "Parsed.h"
#include "passes/cpu/units/Unit.h"
#include "passes/schedule/Policies.h"

using namespace cria;
using test::Parsed;

TEST_CASE("a block fits the registers, and its rows half of the first-level cache") {
  for (std::int64_t bits : {128, 256, 512})
    for (std::int64_t registers : {16, 32})
      for (std::int64_t l1 : {64, 8 << 10, 48 << 10}) {
        TargetInfo target{.vectorBits = bits, .vectorRegisters = registers, .l1Bytes = l1};
        ProductBlock block = chooseBlock(target, fmaUnit);
        INFO(bits << " x " << registers << ": " << block.rows << " x " << block.outputs);
        REQUIRE(block.outputs % target.lanes() == 0);
        std::int64_t vectors = block.outputs / target.lanes();
        CHECK(block.rows * vectors + vectors + 1 <= registers); // sums, a row of rhs, an element
        CHECK(block.depth >= target.lanes());
        bool fits = block.rows * block.depth * 4 <= l1 / 2;
        CHECK((fits || block.depth == target.lanes()));
      }
}

TEST_CASE("a block of tiles leaves registers for its operands, and its rows fit as well") {
  TargetInfo target{.vectorBits = 512, .vectorRegisters = 32, .l1Bytes = 48 << 10};
  ProductBlock block = chooseBlock(target, amxBf16Unit);
  CHECK((block.rows == 32 && block.outputs == 32));
  CHECK(block.depth == 128);
}

TEST_CASE("products are linears and attention, not norms") {
  Parsed ir(R"(
func.func @f(%x: tensor<4x8xf32>, %e: tensor<4x8xf32>, %w: tensor<8x8xf32>) {
  %0 = cria.kernel "norm" -> tensor<4x8xf32> {
    %1 = cria.rms_norm %x into %e {eps = 0.0 : f64} : tensor<4x8xf32> into tensor<4x8xf32>
    cria.yield %1 : tensor<4x8xf32>
  }
  %2 = cria.kernel "linear" -> tensor<4x8xf32> {
    %3 = cria.linear %0, %w into %e : tensor<4x8xf32>, tensor<8x8xf32> into tensor<4x8xf32>
    cria.yield %3 : tensor<4x8xf32>
  }
  return
})");
  CHECK_FALSE(hasProducts(ir.get<KernelOp>(0)));
  CHECK(hasProducts(ir.get<KernelOp>(1)));
}
