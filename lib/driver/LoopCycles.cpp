//===- LoopCycles.cpp - How fast a CPU takes loops ------------------------===//
#include "driver/LoopCycles.h"
#include "driver/Output.h"
#include "driver/RunTool.h"
#include "driver/ScratchFile.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace cria::driver {

using report::InnerLoop;

namespace {

/// The instructions of a loop, without the labels that they jump to: kernels share many.
std::string codeOf(ArrayRef<StringRef> lines) {
  std::string code;
  for (StringRef line : lines)
    (code += line.take_front(line.find("\t.L"))) += '\n';
  return code;
}

/// What llvm-mca says of `regions`, code between its marks; null if it says nothing.
json::Value simulate(StringRef regions, const Target &target) {
  std::string tool = findTool({"llvm-mca-22", "llvm-mca"}, {CRIA_LLVM_TOOLS});
  if (tool.empty())
    return nullptr;
  ScratchFile input("s"), output("json");
  writeFile(input.path(), regions);
  std::string path = input.path(), result = output.path();
  std::string triple = "-mtriple=" + target.machine->getTargetTriple().str();
  std::string cpu = "-mcpu=" + target.cpu, features = "-mattr=" + target.features;
  StringRef command[] = {tool,    triple, cpu,  features, "-all-views=false", "-summary-view",
                         "-json", path,   "-o", result};
  if (runTool(command, /*log=*/""))
    return nullptr;
  auto said = json::parse(output.text());
  if (said)
    return std::move(*said);
  consumeError(said.takeError());
  return nullptr;
}

/// Copies the figures of one region.
void fill(InnerLoop &loop, const json::Object &region) {
  const json::Object *summary = region.getObject("SummaryView");
  double rounds = summary ? summary->getNumber("Iterations").value_or(0) : 0;
  if (rounds <= 0)
    return;
  loop.cycles = summary->getNumber("TotalCycles").value_or(0) / rounds;
  loop.atLeast = summary->getNumber("BlockRThroughput").value_or(0);
}

/// The loop of a kernel, and the kernel whose loop, of the same code, is simulated.
struct Found {
  InnerLoop loop;
  std::string like;
};

} // namespace

void simulateLoops(report::Report &report, StringRef assembly,
                   const std::vector<report::KernelLines> &lines, const Target &target) {
  SmallVector<StringRef> all;
  assembly.split(all, '\n');
  StringRef mark = target.machine->getTargetTriple().isAArch64() ? "// LLVM-MCA-" : "# LLVM-MCA-";
  std::string regions;
  StringMap<Found> found;
  StringMap<std::string> firsts; // by code
  for (const report::KernelLines &kernel : lines) {
    auto inside = ArrayRef(all).slice(kernel.first, kernel.last - kernel.first + 1);
    auto loop = report::innerLoop(inside, kernel.first);
    if (!loop)
      continue;
    auto body = ArrayRef(all).slice(loop->first, loop->last - loop->first + 1);
    auto [first, isNew] = firsts.try_emplace(codeOf(body), kernel.kernel);
    found[kernel.kernel] = {*loop, first->second};
    if (isNew)
      regions +=
          (mark + "BEGIN " + kernel.kernel + "\n" + join(body, "\n") + "\n" + mark + "END\n").str();
  }
  json::Value said = regions.empty() ? nullptr : simulate(regions, target);
  if (const json::Object *object = said.getAsObject())
    if (const json::Array *simulated = object->getArray("CodeRegions"))
      for (const json::Value &region : *simulated)
        if (const json::Object *fields = region.getAsObject())
          fill(found[fields->getString("Name").value_or("")].loop, *fields);
  for (report::KernelFacts &kernel : report.kernels) {
    auto place = found.find(kernel.name);
    if (place == found.end())
      continue;
    const InnerLoop &like = found[place->second.like].loop;
    InnerLoop loop = place->second.loop;
    loop.cycles = like.cycles;
    loop.atLeast = like.atLeast;
    if (loop.cycles > 0)
      kernel.loop = loop;
  }
}

} // namespace cria::driver
