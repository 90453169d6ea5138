//===- Units.cpp - The table of units -------------------------------------===//
#include "passes/cpu/units/Unit.h"

namespace cria {

llvm::ArrayRef<const Unit *> units() {
  static const Unit *const table[] = {&x86DotBf16Unit,      &armDotBf16Unit,  &emulatedDotBf16Unit,
                                      &vnniDotInt8Unit,     &avx2DotInt8Unit, &armDotInt8Unit,
                                      &emulatedDotInt8Unit, &fmaUnit};
  return table;
}

const Unit &unitFor(const TargetInfo &target, mlir::Type element, llvm::StringRef name) {
  for (const Unit *unit : units())
    if (unit->matches(target, element) && (name.empty() || unit->name() == name))
      return *unit;
  return fmaUnit;
}

} // namespace cria
