//===- Main.cpp - The command line of cria-study --------------------------===//
#include "study/Main.h"
#include "driver/Output.h"
#include "driver/Tool.h"
#include "study/Explain.h"
#include "study/Report.h"
#include "study/Study.h"
#include "llvm/ADT/StringExtras.h"
#include <fmt/format.h>

namespace cria::study {
namespace {

constexpr char usage[] = R"(usage: cria-study MODEL [flags]

Measures what each fusion contributes: compiles MODEL with none, each alone, each left out and
all, then counts, times and checks these sets side by side. MODEL is as for criac.

)";
constexpr char examples[] = R"(
examples:
  cria-study models/stories
  cria-study llama3.2-1b --random-weights=1 --dtype=bf16 --context=0,2048 --csv=study.csv
  cria-study models/stories --fusions=norm-into-linear,swiglu-into-linear --threads=1
  criac models/stories --emit=schedule -o mine && cria-study models/stories --schedule=mine=mine
  cria-study llama3.2-1b --dtype=bf16 --target=nvidia
  cria-study models/stories --explain=norm-into-linear
)";

constexpr measure::ToolText tool{"cria-study", usage, examples};

struct CommandLine : Options {
  std::string explain, function = "decode";
};

using O = CommandLine;
using V = FlagValue;

constexpr std::pair<std::string_view, const char *> functions[] = {{"decode", "decode"},
                                                                   {"prefill", "prefill"}};

std::string fusionName(const FlagValue &value) {
  std::vector<std::string> names;
  for (const Fusion &fusion : fusions())
    if (names.emplace_back(fusion.name.str()) == value.text)
      return value.text;
  value.refuseChoice(names);
}

/// In the syntax of selectFusions.
std::string fusionList(const FlagValue &value) {
  if (value.text != "all" && value.text != "none")
    for (llvm::StringRef name : llvm::split(value.notEmpty(), ','))
      fusionName({value.flag, name.str()});
  return value.text;
}

/// NAME=FILE. Names are words, since they stand in tables and CSV.
ScheduleFile scheduleFile(const FlagValue &value) {
  auto [name, path] = llvm::StringRef(value.text).split('=');
  bool isWord = llvm::all_of(name, [](char c) { return llvm::isAlnum(c) || c == '_' || c == '-'; });
  if (name.empty() || path.empty() || !isWord)
    value.refuse(shown(value.text) + " is not NAME=FILE, with a NAME of letters, digits, - and _");
  return {name.str(), path.str()};
}

constexpr Flag<CommandLine> ownFlags[] = {
    {"--fusions", "LIST", "fusions to study: comma-separated names, or all (default)",
     [](O &o, const V &v) { o.fusions = fusionList(v); }},
    {"--schedule", "NAME=FILE", "also time all fusions with the schedules of FILE; repeatable",
     [](O &o, const V &v) {
       ScheduleFile file = scheduleFile(v);
       for (const ScheduleFile &other : o.schedules)
         if (other.name == file.name)
           v.refuse(shown(file.name) + " is given twice");
       o.schedules.push_back(std::move(file));
     }},
    {"--target", "TRIPLE", "count for this system or GPU, as criac names it, and time nothing",
     [](O &o, const V &v) { o.compile.plan.target = v.notEmpty(); }},
    {"--cpu", "NAME", "the same for this CPU, as criac names it",
     [](O &o, const V &v) { o.compile.plan.cpu = v.notEmpty(); }},
    {"--threads", "N", "threads of compiled code (default: all processors)",
     [](O &o, const V &v) { o.threads = static_cast<int>(v.integer(1, 1024)); }},
    {"--no-reference", "", "compare logits with the unfused set, not the f64 reference",
     [](O &o, const V &) { o.reference = false; }},
    {"--csv", "FILE", "write one row per set and point; - is standard output",
     [](O &o, const V &v) { o.csv = v.notEmpty(); }},
    {"--report", "FILE", "write a page that shows all results as plots",
     [](O &o, const V &v) { o.report = v.notEmpty(); }},
    {"--explain", "FUSION", "print the IR of a block without and with FUSION, then exit",
     [](O &o, const V &v) { o.explain = fusionName(v); }},
    {"--function", "NAME", "function that --explain prints: decode (default) or prefill",
     [](O &o, const V &v) { o.function = v.choose<const char *>(functions); }},
};

/// Timings of code that computes wrong logits are worthless.
void requireAgreement(const Results &results) {
  for (const SetResult &result : results.sets)
    if (result.error && !result.error->passed())
      throw Error(fmt::format("{}: {}: logits differ by {:.1e} of the greatest, {:.1f} times "
                              "the bound",
                              results.model, result.set.name(), result.error->greatest(),
                              result.error->ofBound));
}

int study(const CommandLine &line) {
  StatusLine progress(line.progress);
  Interrupt interrupt;
  Results results = runStudy(line, progress, interrupt);
  progress.clear();
  if (line.json != "-" && line.csv != "-")
    llvm::outs() << toText(results);
  if (!line.json.empty())
    driver::writeFile(line.json, toJson(results));
  if (!line.csv.empty())
    driver::writeFile(line.csv, toCsv(results));
  if (!line.report.empty())
    driver::writeFile(line.report, toPage(results));
  requireAgreement(results);
  return results.interrupted ? Interrupt::exitCode : 0;
}

int run(int argc, const char *const *argv) {
  CommandLine line;
  if (!measure::readCommandLine(tool, ownFlags, argc, argv, line))
    return 0;
  if (!line.times() && !line.report.empty())
    throw UsageError("--report: shows times, and --target and --cpu take none");
  if (line.explain.empty())
    return study(line);
  llvm::outs() << explain(line.compile, line.explain, line.function);
  return 0;
}

} // namespace

int studyMain(int argc, const char *const *argv) {
  return driver::toolMain("cria-study", [&] { return run(argc, argv); });
}

} // namespace cria::study
