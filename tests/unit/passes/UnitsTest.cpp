//===- UnitsTest.cpp - The fastest unit that a kernel can use -------------===//
#include "Parsed.h"
#include "passes/cpu/units/Unit.h"
#include "passes/schedule/Policies.h"

using namespace cria;
using test::Parsed;

namespace {

UnitKind unitOf(const std::string &element, const TargetInfo &target) {
  std::string weight = "tensor<8x8x" + element + ">", x = "tensor<4x8xf32>";
  Parsed ir("func.func @f(%x: " + x + ", %w: " + weight + ", %e: " + x + ") -> " + x +
            " {\n  %0 = cria.kernel \"k\" -> " + x +
            " {\n    %1 = cria.linear %x, %w into %e : " + x + ", " + weight + " into " + x +
            "\n    cria.yield %1 : " + x + "\n  }\n  return %0 : " + x + "\n}");
  return chooseUnit(ir.get<KernelOp>(), target);
}

} // namespace

TEST_CASE("dots multiply bf16 weights, where the target has them") {
  TargetInfo without, with;
  with.features = {"emulated-dot-bf16"};
  CHECK(unitOf("bf16", with) == UnitKind::dot_bf16);
  CHECK(unitOf("f32", with) == UnitKind::fma);
  CHECK(unitOf("f16", with) == UnitKind::fma);
  CHECK(unitOf("bf16", without) == UnitKind::fma);
}

TEST_CASE("every unit has a name that schedules know") {
  for (const Unit *unit : units())
    CHECK(symbolizeUnitKind(unit->name()).has_value());
}
