//===- Explain.cpp - One block before and after one fusion ----------------===//
#include "study/Explain.h"
#include "driver/Lowering.h"
#include "driver/Remarks.h"
#include "report/StepCost.h"
#include "support/Error.h"
#include "llvm/ADT/STLExtras.h"
#include <fmt/format.h>

using namespace mlir;

namespace cria::study {
namespace {

/// A function after the `fuse` phase.
struct Kernels {
  std::string blocks; ///< text of the loops over layers
  std::int64_t kernels, bytes, intermediates;
  std::vector<driver::FusionRemark> remarks;
};

Kernels kernelsOf(const driver::Options &options, const driver::Source &source,
                  const driver::Target &target, ArrayRef<StringRef> fusions,
                  const std::string &function) {
  driver::RemarkList remarks;
  driver::Lowering lowering(options, source, target, remarks);
  lowering.run(fusions, "fuse");
  func::FuncOp entry = lowering.entry(function);
  Kernels made;
  llvm::raw_string_ostream stream(made.blocks);
  for (auto loop : entry.getOps<scf::ForOp>()) {
    loop->print(stream, OpPrintingFlags().useLocalScope());
    stream << "\n";
  }
  made.kernels = report::kernelCount(entry);
  Step step{0, report::mostTokens(entry)};
  made.bytes = report::stepCost(entry, step).bytes();
  made.intermediates = report::intermediateBytes(entry, step);
  for (const driver::FusionRemark &remark : remarks.all)
    if (remark.function == function)
      made.remarks.push_back(remark);
  return made;
}

std::string heading(const std::string &title, const Kernels &kernels) {
  return fmt::format("// {}: {} kernels, {} bytes moved at context 0, {} of them intermediates\n",
                     title, kernels.kernels, kernels.bytes, kernels.intermediates);
}

} // namespace

std::string explain(const driver::Options &options, const std::string &fusion,
                    const std::string &function) {
  driver::Source source = driver::loadSource(options);
  driver::Target target = driver::makeTarget(source.plan.target, source.plan.cpu);
  Kernels before = kernelsOf(options, source, target, {}, function);
  Kernels after = kernelsOf(options, source, target, {StringRef(fusion)}, function);
  std::string text = heading(function + " without fusions", before) + before.blocks + "\n" +
                     heading(function + " with " + fusion, after);
  text += after.blocks == before.blocks ? "// (the block is unchanged)\n" : after.blocks;
  std::string remarks = driver::printRemarks(after.remarks);
  text += "\n";
  for (StringRef line : llvm::split(StringRef(remarks).rtrim(), '\n'))
    text += ("// " + line + "\n").str();
  return text;
}

} // namespace cria::study
