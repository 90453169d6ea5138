//===- UnitsTest.cpp - The fastest unit that a kernel can use -------------===//
#include "Parsed.h"
#include "passes/cpu/units/Unit.h"
#include "passes/schedule/Policies.h"

using namespace cria;
using test::Parsed;

namespace {

UnitKind unitOf(const std::string &element, const TargetInfo &target,
                const std::string &tokens = "4", const std::string &inputs = "32") {
  std::string weight = "tensor<8x" + inputs + "x" + element + ">",
              x = "tensor<" + tokens + "x" + inputs + "xf32>", out = "tensor<" + tokens + "x8xf32>";
  Parsed ir("func.func @f(%x: " + x + ", %w: " + weight + ", %e: " + out + ") -> " + out +
            " {\n  %0 = cria.kernel \"k\" -> " + out +
            " {\n    %1 = cria.linear %x, %w into %e : " + x + ", " + weight + " into " + out +
            "\n    cria.yield %1 : " + out + "\n  }\n  return %0 : " + out + "\n}");
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

TEST_CASE("dots multiply weights in blocks, where the target has them") {
  TargetInfo without, with;
  with.features = {"emulated-dot-int8"};
  for (const char *word : {"q8_0", "q4_0"}) {
    std::string block = "!cria.block<" + std::string(word) + ">";
    CHECK(unitOf(block, with) == UnitKind::dot_int8);
    CHECK(unitOf(block, without) == UnitKind::fma);
  }
  CHECK(unitOf("bf16", with) == UnitKind::fma);
}

TEST_CASE("tiles multiply several tokens with bf16 weights, and dots one") {
  TargetInfo with{.vectorBits = 512}, alone = with, narrow;
  with.features = narrow.features = {"amx-bf16", "emulated-dot-bf16"};
  alone.features = {"amx-bf16"};
  for (const char *tokens : {"4", "?"})
    CHECK(unitOf("bf16", with, tokens) == UnitKind::amx_bf16);
  CHECK(unitOf("bf16", with, "1") == UnitKind::dot_bf16);
  CHECK(unitOf("f32", with) == UnitKind::fma);
  CHECK(unitOf("!cria.block<q8_0>", with) == UnitKind::fma);
  CHECK(unitOf("bf16", narrow) == UnitKind::dot_bf16);
  CHECK(unitOf("bf16", alone) == UnitKind::fma);
}

TEST_CASE("tensor cores multiply several tokens") {
  TargetInfo exact{.backend = Backend::gpu}, rounded = exact, cpu;
  exact.features = {exactTensorCores.str()};
  rounded.features = {"mma-bf16", exactTensorCores.str()};
  cpu.features = rounded.features;
  CHECK(unitOf("bf16", exact) == UnitKind::mma_bf16x3);
  CHECK(unitOf("bf16", rounded) == UnitKind::mma_bf16);
  CHECK(unitOf("bf16", rounded, "1") == UnitKind::fma);
  CHECK(unitOf("bf16", rounded, "4", "40") == UnitKind::fma);
  for (const char *wide : {"f32", "f16"}) { // never rounded
    CHECK(unitOf(wide, rounded) == UnitKind::mma_bf16x3);
    CHECK(unitOf(wide, exact, "1") == UnitKind::fma);
  }
  CHECK(unitOf("!cria.block<q4_0>", rounded, "4", "128") == UnitKind::mma_bf16x3);
  CHECK(unitOf("!cria.block<q4_0>", rounded, "4", "64") == UnitKind::fma); // half a step
  CHECK(unitOf("bf16", cpu) == UnitKind::fma);
}

TEST_CASE("every unit has a name that schedules know") {
  for (const Unit *unit : units())
    CHECK(symbolizeUnitKind(unit->name()).has_value());
}
