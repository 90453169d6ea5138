//===- ScheduleTest.cpp - Whether a schedule fits its kernel --------------===//
#include "passes/schedule/Schedule.h"
#include "Parsed.h"

using namespace cria;
using test::Parsed;

namespace {

const char *const product = R"(
func.func @f(%x: tensor<1x64xf32>, %w: tensor<96x64xbf16>, %e: tensor<1x96xf32>)
    -> tensor<1x96xf32> {
  %0 = cria.kernel "linear" -> tensor<1x96xf32> {
    %1 = cria.linear %x, %w into %e : tensor<1x64xf32>, tensor<96x64xbf16> into tensor<1x96xf32>
    cria.yield %1 : tensor<1x96xf32>
  }
  return %0 : tensor<1x96xf32>
})";

using Sizes = llvm::ArrayRef<std::int64_t>;

/// On a machine with 16 vectors of 128 bits, and no unit but multiply-adds.
std::string fault(Sizes tiles, UnitKind unit, Sizes block) {
  Parsed ir(product);
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
