//===- Units.cpp - The table of units -------------------------------------===//
#include "passes/cpu/units/Unit.h"

namespace cria {

llvm::ArrayRef<const Unit *> units() {
  static const Unit *const table[] = {&fmaUnit};
  return table;
}

const Unit *findUnit(llvm::StringRef name) {
  for (const Unit *unit : units())
    if (unit->name() == name)
      return unit;
  return nullptr;
}

} // namespace cria
