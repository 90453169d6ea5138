//===- Main.cpp - The command line of cria-bench --------------------------===//
#include "bench/Main.h"
#include "bench/Bench.h"
#include "bench/Report.h"
#include "driver/Output.h"
#include "driver/Tool.h"

namespace cria::bench {
namespace {

constexpr char usage[] = R"(usage: cria-bench MODEL [flags]

Measures how close a compiled model comes to the limits of this machine: decode to the read
bandwidth, prefill to the peak rate of multiply-adds. Both limits are measured during the run, on
the same threads. MODEL is as for criac.

)";
constexpr char examples[] = R"(
examples:
  cria-bench models/stories
  cria-bench llama3.2-1b --random-weights=1 --dtype=bf16 --threads=1,2 --context=0,2048
)";
constexpr measure::ToolText tool{"cria-bench", usage, examples};

using O = Options;
using V = FlagValue;

constexpr Flag<Options> ownFlags[] = {
    {"--threads", "N[,N...]", "threads of compiled code (default: all processors)",
     [](O &o, const V &v) { o.threads = measure::integers(v, 1, 1024); }},
    {"--prompt", "N", "tokens per prefill measurement (default: 512, or what fits)",
     [](O &o, const V &v) { o.prompt = v.integer(1, 1 << 24); }},
};

int run(int argc, const char *const *argv) {
  Options options;
  if (!measure::readCommandLine(tool, ownFlags, argc, argv, options))
    return 0;
  measure::Progress progress(options.progress);
  Interrupt interrupt;
  Results results = runBench(options, progress, interrupt);
  progress.clear();
  if (options.json != "-")
    llvm::outs() << toText(results);
  if (!options.json.empty())
    driver::writeFile(options.json, toJson(results));
  return results.interrupted ? Interrupt::exitCode : 0;
}

} // namespace

int benchMain(int argc, const char *const *argv) {
  return driver::toolMain("cria-bench", [&] { return run(argc, argv); });
}

} // namespace cria::bench
