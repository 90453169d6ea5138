//===- ScheduleTest.cpp - Whether a schedule fits its kernel --------------===//
#include "passes/schedule/Schedule.h"
#include "Parsed.h"
#include "dialect/base/Target.h"

using namespace cria;
using test::Parsed;

namespace {

const char *const product = R"(
func.func @f(%x: tensor<2x64xf32>, %w: tensor<96x64xbf16>, %e: tensor<2x96xf32>)
    -> tensor<2x96xf32> {
  %0 = cria.kernel "linear" -> tensor<2x96xf32> {
    %1 = cria.linear %x, %w into %e : tensor<2x64xf32>, tensor<96x64xbf16> into tensor<2x96xf32>
    cria.yield %1 : tensor<2x96xf32>
  }
  return %0 : tensor<2x96xf32>
})";

using Sizes = llvm::ArrayRef<std::int64_t>;

/// By default on a machine with 16 vectors of 128 bits, and no unit but multiply-adds.
std::string fault(Sizes tiles, UnitKind unit, Sizes block, const TargetInfo &machine = {}) {
  Parsed ir(product);
  machine.describe(ir.func()->getParentOfType<mlir::ModuleOp>());
  auto kernel = ir.get<KernelOp>();
  return faultOfSchedule(kernel,
                         ScheduleAttr::get(kernel.getContext(), tiles, unit, block, 0, 0, 1, 0));
}

} // namespace

TEST_CASE("a schedule must fit the kernel and the target") {
  std::int64_t tiles[] = {0, 32}, large[] = {0, 97}, block[] = {4, 8}, odd[] = {4, 6},
               many[] = {16, 8};
  CHECK(fault(tiles, UnitKind::fma, block) == "");
  CHECK(fault({}, UnitKind::fma, {}) == "");
  CHECK(fault(large, UnitKind::fma, block) == "tiles [0, 97]: loop 1 has only 96 iterations");
  CHECK(
      fault(tiles, UnitKind::dot_bf16, block) ==
      "unit dot_bf16: needs weights that it multiplies, a target that has it, and --products=fast");
  CHECK(fault(tiles, UnitKind::fma, odd) ==
        "block [4, 6]: outputs must be a multiple of the 4 f32 elements of a vector register");
  CHECK(fault(tiles, UnitKind::fma, many) ==
        "block [16, 8]: 32 vectors of sums do not fit 16 registers");
}

TEST_CASE("blocks of tiles are whole, and fit the registers of tiles") {
  TargetInfo machine{.vectorBits = 512, .features = {"amx-bf16", "emulated-dot-bf16"}};
  auto faultOf = [&](std::int64_t rows, std::int64_t outputs) {
    return fault({}, UnitKind::amx_bf16, {rows, outputs}, machine);
  };
  for (auto [rows, outputs] : {std::pair(32, 32), std::pair(16, 16), std::pair(64, 16)})
    CHECK(faultOf(rows, outputs) == "");
  for (auto [rows, outputs] : {std::pair(8, 32), std::pair(32, 24)})
    CHECK_THAT(faultOf(rows, outputs),
               Catch::EndsWith("rows and outputs must be multiples of 16, the side of a tile"));
  CHECK(faultOf(48, 32) ==
        "block [48, 32]: 6 tiles of sums and 3 of operands do not fit 8 registers");
}

TEST_CASE("a schedule of all defaults is none") {
  Parsed ir(product);
  auto kernel = ir.get<KernelOp>();
  std::int64_t tiles[] = {0, 32};
  setSchedule(kernel,
              ScheduleAttr::get(kernel.getContext(), tiles, UnitKind::fma, Sizes(), 0, 0, 1, 0));
  REQUIRE(kernel.getScheduleAttr());
  CHECK(scheduleOf(ir.get<LinearOp>()).getTiles() == Sizes(tiles));
  setSchedule(kernel, ScheduleAttr::get(kernel.getContext()));
  CHECK_FALSE(kernel.getScheduleAttr());
  CHECK(scheduleOf(ir.get<LinearOp>()).getTiles().empty());
}
