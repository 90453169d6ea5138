//===- Main.cpp - The command line of cria-bench --------------------------===//
#include "bench/Main.h"
#include "bench/Bench.h"
#include "bench/Limits.h"
#include "bench/Points.h"
#include "bench/Report.h"
#include "driver/Output.h"
#include "driver/Tool.h"
#include "runtime/device/DeviceFlag.h"
#include <algorithm>
#include <fstream>
#include <iostream>

namespace cria::bench {
namespace {

constexpr char usage[] = R"(usage: cria-bench MODEL [flags]
       cria-bench --probes [flags]

Measures how close a compiled model comes to the limits of this machine: decode to the read
bandwidth, prefill to the peak of the fastest multiplying unit for its weights. Both limits are
measured during the run, on the same threads. MODEL is as for criac. On a GPU decode is measured
against the bandwidth of copies within its memory, and prefill against nothing.

)";
constexpr char examples[] = R"(
examples:
  cria-bench models/stories
  cria-bench --probes --threads=1,2
  cria-bench llama3.2-1b --random-weights=1 --dtype=bf16 --device=cuda --target=nvidia:sm_90
  cria-bench llama3.2-1b --random-weights=1 --dtype=bf16 --threads=1,2 --context=0,2048
)";
constexpr measure::ToolText tool{"cria-bench", usage, examples};

using O = Options;
using V = FlagValue;

constexpr Flag<Options> ownFlags[] = {
    {"--threads", "N[,N...]", "threads of compiled code (default: all processors)",
     [](O &o, const V &v) { o.threads = measure::integers(v, 1, 1024); }},
    {"--device", "NAME", "measure on cpu (default), cuda, cuda:N, hip or hip:N",
     [](O &o, const V &v) { o.device = rt::parseDevice(v); }},
    {"--target", "NAME", "code for a GPU: nvidia[:CHIP] or amd[:CHIP]; default: of --device",
     [](O &o, const V &v) { o.compile.plan.target = v.notEmpty(); }},
    {"--prompt", "N", "tokens per prefill measurement (default: 512, or what fits)",
     [](O &o, const V &v) { o.prompt = v.integer(1, 1 << 24); }},
    {"--schedule", "FILE", "schedules of kernels to use instead of those chosen",
     [](O &o, const V &v) { o.compile.schedule = v.notEmpty(); }},
    {"--kernels", "", "time, bytes and operations of each kernel, for each measurement",
     [](O &o, const V &) { o.kernels = true; }},
    {"--points", "FILE", "measure ENTRY CONTEXT TOKENS THREADS of each line, answer in JSON",
     [](O &o, const V &v) { o.points = v.notEmpty(); }},
    {"--probes", "", "measure only the limits of this machine: every way of reading, every unit",
     [](O &o, const V &) {
       o.probes = true;
       o.takesModel = false;
     }},
};

/// A GPU is named by its vendor's target, or by the device, or by both.
void chooseDevice(Options &options) {
  std::string &target = options.compile.plan.target;
  std::string_view vendor = std::string_view(target).substr(0, target.find(':'));
  if (!target.empty()) {
    auto api = std::ranges::find(rt::gpuApis(), vendor, &rt::GpuApi::target);
    if (api == rt::gpuApis().end())
      V{"--target", target}.refuseChoice({"nvidia", "nvidia:CHIP", "amd", "amd:CHIP"});
    if (options.device.kind == rt::DeviceChoice::best)
      options.device = {rt::DeviceChoice::gpu, &*api};
    if (options.device.api != &*api)
      throw UsageError("--target: \"" + target + "\" is not code for what --device names");
  } else if (options.isOnGpu()) {
    target = options.device.api->target;
  }
  if (options.isOnGpu() && options.probes)
    throw UsageError("--probes: the limits of a GPU are measured with a model only");
  if (options.isOnGpu() && !options.threads.empty())
    throw UsageError("--threads: a GPU has none to choose");
}

/// Writes `results` as text and as JSON: the exit code.
int report(const Options &options, const StatusLine &progress, const auto &results) {
  progress.clear();
  if (options.json != "-")
    llvm::outs() << toText(results);
  if (!options.json.empty())
    driver::writeFile(options.json, toJson(results));
  return results.interrupted ? Interrupt::exitCode : 0;
}

int answerPoints(const Options &options, const StatusLine &progress, const Interrupt &interrupt) {
  std::ifstream file;
  if (options.points != "-") {
    file.open(options.points);
    if (!file)
      throw Error(options.points + ": cannot be read");
  }
  measurePoints(options, options.points == "-" ? std::cin : file, llvm::outs(), progress,
                interrupt);
  progress.clear();
  return interrupt.isAsked() ? Interrupt::exitCode : 0;
}

int run(int argc, const char *const *argv) {
  Options options;
  if (!measure::readCommandLine(tool, ownFlags, argc, argv, options))
    return 0;
  chooseDevice(options);
  StatusLine progress(options.progress);
  Interrupt interrupt;
  if (!options.points.empty())
    return answerPoints(options, progress, interrupt);
  return options.probes ? report(options, progress, probeLimits(options, progress, interrupt))
                        : report(options, progress, runBench(options, progress, interrupt));
}

} // namespace

int benchMain(int argc, const char *const *argv) {
  return driver::toolMain("cria-bench", [&] { return run(argc, argv); });
}

} // namespace cria::bench
