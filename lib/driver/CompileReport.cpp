//===- CompileReport.cpp - A compilation as data --------------------------===//
#include "driver/CompileReport.h"
#include "driver/FusionSets.h"
#include "driver/LoopCycles.h"
#include "driver/Lowering.h"
#include "driver/Machine.h"
#include "driver/ModuleSteps.h"
#include "driver/Output.h"
#include "driver/Remarks.h"
#include "mlir/Dialect/DLTI/DLTI.h"
#include "report/Page.h"
#include "spec/Dsl.h"
#include <map>
#include <numeric>

using namespace mlir;

namespace cria::driver {
namespace {

/// Longer lines, such as the bytes of a tokenizer, say nothing to a reader.
constexpr std::size_t longestLine = 3000;

std::string cutLines(StringRef text) {
  std::string cut;
  for (StringRef line : llvm::split(text, '\n')) {
    cut += line.take_front(longestLine);
    if (line.size() > longestLine)
      cut += "… " + std::to_string(line.size() - longestLine) + " more bytes";
    cut += '\n';
  }
  cut.pop_back(); // the line break that split gave nothing after
  return cut;
}

std::string kindOf(StringRef extension) {
  return extension == "ll" ? "llvm" : extension == "s" ? "asm" : "mlir";
}

/// The description of the target on `module`.
std::vector<std::pair<std::string, int64_t>> targetFacts(ModuleOp module) {
  std::vector<std::pair<std::string, int64_t>> facts;
  auto system = module->getAttrOfType<TargetSystemSpecAttr>("dlti.target_system_spec");
  for (DataLayoutEntryInterface device : system ? system.getEntries() : DataLayoutEntryListRef())
    for (DataLayoutEntryInterface entry :
         cast<TargetDeviceSpecAttr>(device.getValue()).getEntries())
      if (auto value = dyn_cast<IntegerAttr>(entry.getValue()))
        facts.push_back({cast<StringAttr>(entry.getKey()).str(), value.getInt()});
  return facts;
}

/// Bit i for fusion i.
std::uint64_t bitsOf(ArrayRef<StringRef> names) {
  std::uint64_t bits = 0;
  for (auto [bit, fusion] : llvm::enumerate(fusions()))
    if (llvm::is_contained(names, fusion.name))
      bits |= std::uint64_t(1) << bit;
  return bits;
}

} // namespace

CompileReport::CompileReport(const Options &options, const Source &source, const Target &target)
    : options(options), source(source), target(target) {
  report.version = CRIA_VERSION;
  report.command = options.command;
  report.model = source.model.name;
  report.source = options.model;
  report.triple = target.machine->getTargetTriple().str();
  report.cpu = target.cpu;
  report.features = target.features;
  for (const Phase &phase : phases(target.info.backend))
    report.phases.push_back({phase.name.str(), phase.purpose.str(), phase.pipeline.str()});
  for (const Fusion &fusion : fusions())
    report.fusions.push_back({fusion.name.str(), fusion.summary.str()});
  if (!options.machine.empty())
    report.machine = readMachine(options.machine);
  addSpec();
}

void CompileReport::addSpec() {
  std::vector<spec::NodeLines> nodes;
  std::string text = spec::to_dsl({source.model, source.plan}, &nodes);
  std::vector<report::OriginRun> runs;
  for (const spec::NodeLines &node : nodes) {
    std::size_t origin = origins.try_emplace(node.name, report.origins.size()).first->second;
    if (origin == report.origins.size())
      report.origins.push_back({node.name, {}});
    report.origins[origin].lines.push_back(node.first);
    if (!runs.empty() && runs.back().line == node.first)
      runs.pop_back();
    runs.push_back({node.first, std::int64_t(origin)});
    runs.push_back({node.last + 1, -1});
  }
  report::Step step{"model", "spec", "the model as a spec in C++"};
  step.text = report.addText("spec", text, std::move(runs));
  report.steps.push_back(std::move(step));
}

std::vector<report::OriginRun> CompileReport::runsOf(ArrayRef<OpLine> ops) const {
  std::vector<report::OriginRun> runs;
  StringRef last;
  for (const OpLine &op : ops) {
    if (!runs.empty() && op.origin == last)
      continue;
    last = op.origin;
    // Ops are named by their weight: the mlp has an up_proj.
    StringRef name = op.origin;
    while (!name.empty() && !origins.contains(name))
      name = name.take_front(name.contains('.') ? name.rfind('.') : 0);
    std::int64_t origin = name.empty() ? -1 : std::int64_t(origins.lookup(name));
    if (origin != (runs.empty() ? -1 : runs.back().origin))
      runs.push_back({op.line, origin});
  }
  return runs;
}

void CompileReport::stepped(const Step &step) {
  report::Step made{step.phase, step.pass, step.summary, step.seconds, step.changed};
  if (step.counts)
    made.ops.assign(step.counts->begin(), step.counts->end());
  std::string cut;
  StringRef text = step.text;
  if (!step.counts)
    text = cut = cutLines(text);
  made.text = report.addText(kindOf(step.extension), text, runsOf(step.ops));
  made.lines = report::kernelLines(text, step.extension);
  for (; remarksTold < report.remarks.size(); ++remarksTold)
    made.remarks.push_back(remarksTold);
  if (step.pass == "asm" && !target.isGpu())
    simulateLoops(report, text, made.lines, target);
  report.steps.push_back(std::move(made));
  if (step.pass == "llvm" && !options.inspects)
    startWork();
}

void CompileReport::remarked(const FusionRemark &remark) {
  report.remarks.push_back(toReport(remark));
}

void CompileReport::diagnosed(StringRef message) {
  report.remarks.push_back({"failure", "", "", message.str(), {}, ""});
}

void CompileReport::scheduled(Lowering &lowering) {
  report.kernels = report::kernelsOf(lowering.module());
  report.facts = targetFacts(lowering.module());
  for (auto entry : lowering.module().getOps<func::FuncOp>())
    report.entries.push_back(entry.getName().str());
  if (!options.inspects)
    chooseSets();
}

void CompileReport::lowered(Lowering &lowering) {
  for (const KernelRow &row : kernelRows(lowering.module()))
    for (report::KernelFacts &kernel : report.kernels)
      if (llvm::is_contained(row.tails, kernel.name))
        kernel.launch = row.name;
}

void CompileReport::chooseSets() {
  if (options.reportSets == ReportSets::all) {
    sets.resize(std::size_t(1) << fusions().size());
    std::iota(sets.begin(), sets.end(), 0);
  } else {
    for (const FusionSet &set : setsOf("all"))
      sets.push_back(bitsOf(set.on));
  }
  std::uint64_t chosen =
      bitsOf(llvm::to_vector(selectFusions(source.plan.fuse, source.plan.no_fuse)));
  auto found = llvm::find(sets, chosen);
  report.chosen = found - sets.begin();
  if (found == sets.end())
    sets.push_back(chosen);
}

std::vector<LoweredSet> CompileReport::lowerSets() const {
  Options withoutFile = options; // its schedules are for kernels that a set may not have
  withoutFile.schedule.clear();
  std::vector<LoweredSet> made;
  for (std::uint64_t on : sets)
    made.push_back(lowerSet(on, withoutFile, source, target));
  return made;
}

void CompileReport::startWork() {
  std::vector<report::Text *> texts;
  for (report::Text &text : report.texts)
    texts.push_back(&text);
  loweredSets = std::async(std::launch::async, [this, texts] {
    for (report::Text *text : texts)
      report::pack(*text);
    return lowerSets();
  });
}

void CompileReport::write(const std::string &path) {
  for (auto &[facts, text] : loweredSets.valid() ? loweredSets.get() : lowerSets()) {
    facts.text = report.addText("mlir", text);
    report.sets.push_back(std::move(facts));
  }
  bool isData = StringRef(path).ends_with(".json");
  std::string json = report::toJson(report, /*withTexts=*/isData);
  if (isData)
    writeFile(path, json + "\n");
  else
    writeFile(path, report::toPage(json, std::move(report.texts)));
}

} // namespace cria::driver
