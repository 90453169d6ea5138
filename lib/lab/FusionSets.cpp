//===- FusionSets.cpp - The kernels of every set of fusions ---------------===//
#include "lab/FusionSets.h"
#include "driver/LoweredSet.h"
#include "passes/fuse/Fusions.h"

using namespace cria::driver;

namespace cria::lab {

void addFusionSets(const Options &options, const Source &source, const Target &target,
                   report::Report &report) {
  for (const Fusion &fusion : fusions())
    report.fusions.push_back({fusion.name.str(), fusion.summary.str()});
  report.sets.resize(std::size_t(1) << fusions().size());
  // One after another: contexts of MLIR run passes on threads of their own.
  for (std::uint64_t on = 0; on < report.sets.size(); ++on) {
    report.sets[on] = lowerSet(on, options, source, target, "decode").facts;
    llvm::erase_if(report.sets[on].remarks,
                   [](const report::Remark &remark) { return remark.kind != "missed"; });
  }
  report.chosen = report.sets.size() - 1;
}

} // namespace cria::lab
