//===- FusionSets.h - The kernels of every set of fusions -------*- C++ -*-===//
#pragma once
#include "driver/Options.h"
#include "driver/Source.h"
#include "driver/Target.h"
#include "report/Report.h"

namespace cria::lab {

/// Adds to `report` the kernels of a decode step with each subset of all fusions, set i with those
/// whose bits are set in i, and what fusions say. Throws cria::Error.
void addFusionSets(const driver::Options &options, const driver::Source &source,
                   const driver::Target &target, report::Report &report);

} // namespace cria::lab
