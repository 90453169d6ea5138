//===- Units.cpp - Units of products --------------------------------------===//
#include "passes/cpu/units/Unit.h"
#include "passes/schedule/Policies.h"

using namespace mlir;

namespace cria {

UnitKind chooseUnit(KernelOp kernel, const TargetInfo &target) {
  for (auto linear : kernel.getBody().getOps<LinearOp>())
    for (const Unit *unit : units())
      if (unit != &fmaUnit && unit->matches(target, getElementTypeOrSelf(linear.getWeight())) &&
          unit->suits(linear))
        return *symbolizeUnitKind(unit->name());
  return UnitKind::fma;
}

} // namespace cria
