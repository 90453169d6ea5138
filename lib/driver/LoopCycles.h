//===- LoopCycles.h - How fast a CPU takes loops ----------------*- C++ -*-===//
#pragma once
#include "driver/Target.h"
#include "report/Report.h"

namespace cria::driver {

/// Sets the inner loop of each kernel of `report`, of which `assembly` with kernels at `lines` was
/// made, with cycles by llvm-mca's model of the CPU. None is set where that tool, or its model of
/// the CPU, is missing.
void simulateLoops(report::Report &report, llvm::StringRef assembly,
                   const std::vector<report::KernelLines> &lines, const Target &target);

} // namespace cria::driver
