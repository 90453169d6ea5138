//===- Main.cpp - The command line of cria-study --------------------------===//
#include "study/Main.h"
#include "driver/Output.h"
#include "driver/Tool.h"
#include "measure/ModelFlags.h"
#include "study/Explain.h"
#include "study/Report.h"
#include "study/Study.h"

namespace cria::study {
namespace {

constexpr char usage[] = R"(usage: cria-study MODEL [flags]

Says what each fusion brings: compiles MODEL with none, each alone, each left out and all,
then counts, times and checks all of them side by side. MODEL is as for criac.

)";
constexpr char examples[] = R"(
examples:
  cria-study models/stories
  cria-study llama3.2-1b --random-weights=1 --dtype=bf16 --context=0,2048 --csv=study.csv
  cria-study models/stories --fusions=norm-into-linear,swiglu-into-linear --threads=1
  cria-study models/stories --explain=norm-into-linear
)";

struct CommandLine : Options {
  std::string explain, function = "decode";
  bool help = false, version = false;
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

constexpr Flag<CommandLine> ownFlags[] = {
    {"--fusions", "LIST", "those to study: names with commas, or all (default)",
     [](O &o, const V &v) { o.fusions = v.notEmpty(); }},
    {"--context", "N[,N...]", "tokens before those timed (default 0, and 2048 if it fits)",
     [](O &o, const V &v) { o.contexts = measure::integers(v, 0, 1 << 24); }},
    {"--tokens", "N", "tokens of a decode measurement (default 16)",
     [](O &o, const V &v) { o.tokens = v.integer(1, 1 << 20); }},
    {"--repeats", "R", "rounds, each of which runs every set (default 5)",
     [](O &o, const V &v) { o.rounds = v.integer(1, 1 << 20); }},
    {"--threads", "N", "threads of compiled code (default all processors)",
     [](O &o, const V &v) { o.threads = static_cast<int>(v.integer(1, 1024)); }},
    {"--no-reference", "", "compare answers with those of the set without fusions",
     [](O &o, const V &) { o.reference = false; }},
    {"--json", "FILE", "write everything as JSON; - is standard output",
     [](O &o, const V &v) { o.json = v.notEmpty(); }},
    {"--csv", "FILE", "write a row for each set and point; - is standard output",
     [](O &o, const V &v) { o.csv = v.notEmpty(); }},
    {"--explain", "FUSION", "show the IR of a block without and with FUSION, and end",
     [](O &o, const V &v) { o.explain = fusionName(v); }},
    {"--function", "NAME", "what --explain shows: decode (default) or prefill",
     [](O &o, const V &v) { o.function = v.choose<const char *>(functions); }},
    {"--progress", "", "say how far it is, also if standard error is no terminal",
     [](O &o, const V &) { o.progress = true; }},
    {"--help", "", "this text", [](O &o, const V &) { o.help = true; }},
    {"--version", "", "the version", [](O &o, const V &) { o.version = true; }},
};

/// A path that cannot be written is refused before the work, not after it.
void checkWritable(const std::string &path) {
  if (!path.empty() && path != "-")
    driver::PendingFile probe(path);
}

int study(const CommandLine &line) {
  checkWritable(line.json);
  checkWritable(line.csv);
  measure::Progress progress(line.progress);
  measure::Interrupt interrupt;
  Results results = runStudy(line, progress, interrupt);
  progress.clear();
  if (line.json != "-" && line.csv != "-")
    llvm::outs() << toText(results);
  if (!line.json.empty())
    driver::writeFile(line.json, toJson(results));
  if (!line.csv.empty())
    driver::writeFile(line.csv, toCsv(results));
  return results.interrupted ? measure::Interrupt::exitCode : 0;
}

int run(int argc, const char *const *argv) {
  auto flags = measure::withModelFlags(ownFlags);
  CommandLine line;
  auto models = parseFlags<CommandLine>(flags, {argv + 1, std::size_t(argc) - 1}, line);
  if (line.help) {
    llvm::outs() << usage << flagHelp<CommandLine>(flags) << examples;
    return 0;
  }
  if (line.version) {
    llvm::outs() << "cria-study " << CRIA_VERSION << "\n";
    return 0;
  }
  line.compile.model = measure::onlyModel(models, "cria-study");
  setsOf(line.fusions); // refuses what is no fusion
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
