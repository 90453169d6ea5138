//===- Units.cpp - Units of products --------------------------------------===//
#include "passes/cpu/units/Unit.h"
#include "passes/schedule/Policies.h"

using namespace mlir;

namespace cria {

UnitKind chooseUnit(KernelOp kernel, const TargetInfo &target) {
  for (auto linear : kernel.getBody().getOps<LinearOp>())
    if (const Unit &unit = unitFor(target, getElementTypeOrSelf(linear.getWeight()));
        &unit != &fmaUnit && unit.suits(linear))
      return *symbolizeUnitKind(unit.name());
  return UnitKind::fma;
}

} // namespace cria
