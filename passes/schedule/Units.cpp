//===- Units.cpp - Units of products --------------------------------------===//
#include "passes/cpu/units/Unit.h"
#include "passes/schedule/Policies.h"

using namespace mlir;

namespace cria {

template <typename OpT>
static std::optional<UnitKind> unitOf(OpT op, Value rows, const TargetInfo &target) {
  for (const Unit *unit : units())
    if (unit != &fmaUnit && unit->matches(target, getElementTypeOrSelf(rows)) && unit->suits(op))
      return symbolizeUnitKind(unit->name());
  return std::nullopt;
}

UnitKind chooseUnit(KernelOp kernel, const TargetInfo &target) {
  for (auto linear : kernel.getBody().getOps<LinearOp>())
    if (auto unit = unitOf(linear, linear.getWeight(), target))
      return *unit;
  for (auto attention : kernel.getBody().getOps<AttendOp>())
    if (auto unit = unitOf(attention, attention.getKeys(), target))
      return *unit;
  return UnitKind::fma;
}

} // namespace cria
