//===- ProbeTiles.h - The unit of tiles of this machine ---------*- C++ -*-===//
#pragma once
#include "measure/ProbeUnits.h"

namespace cria::measure {

/// `addUnit` for a unit of tiles.
void addTiles(llvm::Module &module, const TargetInfo &info, const UnitForm &form);

} // namespace cria::measure
