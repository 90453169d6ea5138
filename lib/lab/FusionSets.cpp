//===- FusionSets.cpp - The kernels of every set of fusions ---------------===//
#include "lab/FusionSets.h"
#include "driver/Lowering.h"
#include "driver/Remarks.h"

using namespace cria::driver;

namespace cria::lab {
namespace {

report::FusionSet lowerSet(std::uint64_t on, const Options &options, const Source &source,
                           const Target &target) {
  report::FusionSet set;
  set.on = on;
  std::vector<llvm::StringRef> names;
  for (auto [bit, fusion] : llvm::enumerate(fusions()))
    if (on >> bit & 1) {
      names.push_back(fusion.name);
      set.fuse.push_back(fusion.name.str());
    }
  RemarkList remarks;
  Lowering lowering(options, source, target, remarks);
  for (auto func : llvm::make_early_inc_range(lowering.module().getOps<mlir::func::FuncOp>()))
    if (func.getName() != "decode")
      func.erase();
  lowering.run(names, "schedule");
  set.kernels = report::kernelsOf(lowering.module());
  for (const FusionRemark &remark : remarks.all)
    if (!remark.applied)
      set.remarks.push_back(
          {"missed", remark.fusion, remark.function, messageOf(remark), {}, remark.location});
  return set;
}

} // namespace

void addFusionSets(const Options &options, const Source &source, const Target &target,
                   report::Report &report) {
  for (const Fusion &fusion : fusions())
    report.fusions.push_back({fusion.name.str(), fusion.summary.str()});
  report.sets.resize(std::size_t(1) << fusions().size());
  // One after another: contexts of MLIR run passes on threads of their own.
  for (std::uint64_t on = 0; on < report.sets.size(); ++on)
    report.sets[on] = lowerSet(on, options, source, target);
  report.chosen = report.sets.size() - 1;
}

} // namespace cria::lab
