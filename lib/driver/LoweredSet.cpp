//===- LoweredSet.cpp - What a set of fusions leads to --------------------===//
#include "driver/LoweredSet.h"
#include "driver/Lowering.h"
#include "driver/Remarks.h"

namespace cria::driver {

report::Remark toReport(const FusionRemark &remark) {
  report::Remark made{remark.applied ? "passed" : "missed",
                      remark.fusion,
                      remark.function,
                      messageOf(remark),
                      {{"op", remark.op}},
                      remark.location};
  if (remark.applied)
    made.args.push_back({"bytes_saved", std::to_string(remark.bytesSaved)});
  return made;
}

LoweredSet lowerSet(std::uint64_t on, const Options &options, const Source &source,
                    const Target &target, llvm::StringRef entry) {
  LoweredSet made;
  made.facts.on = on;
  std::vector<llvm::StringRef> names;
  for (auto [bit, fusion] : llvm::enumerate(fusions()))
    if (on >> bit & 1) {
      names.push_back(fusion.name);
      made.facts.fuse.push_back(fusion.name.str());
    }
  RemarkList remarks;
  Lowering lowering(options, source, target, remarks);
  if (!entry.empty())
    for (auto func : llvm::make_early_inc_range(lowering.module().getOps<mlir::func::FuncOp>()))
      if (func.getName() != entry)
        func.erase();
  lowering.run(names, "fuse");
  made.text = print(lowering.module()).text;
  made.facts.lines = report::kernelLines(made.text, "mlir");
  lowering.run(names, "schedule");
  made.facts.kernels = report::kernelsOf(lowering.module());
  for (const FusionRemark &remark : remarks.all)
    made.facts.remarks.push_back(toReport(remark));
  return made;
}

} // namespace cria::driver
