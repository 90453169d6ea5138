//===- CommandLine.h - Options shared by the measuring tools ----*- C++ -*-===//
#pragma once
#include "driver/Source.h"
#include "driver/StorageWords.h"
#include "support/Flags.h"

namespace cria::measure {

/// The model, the points of measurement, and the output.
struct Options {
  driver::Options compile;
  std::vector<std::int64_t> contexts; ///< empty: see chooseContexts
  std::int64_t tokens = 4;            ///< per decode measurement
  std::int64_t rounds = 11;           ///< the fewest that give a confidence interval, see Summary
  bool progress = false;              ///< also if standard error is not a terminal
  std::string json;                   ///< a path, or empty
  bool help = false, version = false;
  bool takesModel = true; ///< whether a model is named
};

/// Comma-separated integers, each in [low, high]. Throws UsageError.
std::vector<std::int64_t> integers(const FlagValue &value, std::int64_t low, std::int64_t high);

/// Flags for the base `Options` of `Own`. Those about the model match criac's.
template <class Own>
inline constexpr Flag<Own> commonFlags[] = {
    {"--context", "N[,N...]", "tokens already in the cache (default: 0, and 2048 if it fits)",
     [](Own &o, const FlagValue &v) { o.contexts = integers(v, 0, 1 << 24); }},
    {"--tokens", "N", "tokens per decode measurement (default: 4)",
     [](Own &o, const FlagValue &v) { o.tokens = v.integer(1, 1 << 20); }},
    {"--repeats", "R", "rounds of measurement (default: 11)",
     [](Own &o, const FlagValue &v) { o.rounds = v.integer(1, 1 << 20); }},
    {"--random-weights", "SEED", "use random weights instead of reading any",
     [](Own &o, const FlagValue &v) { o.compile.randomSeed = v.integer(0); }},
    {"--dtype", "TYPE", "storage of random weights (default: the model's)",
     [](Own &o, const FlagValue &v) {
       o.compile.plan.weights = v.choose<spec::DType>(driver::weightStorages);
     }},
    {"--kv-dtype", "TYPE", "storage of keys and values: f32 (default), f16, bf16, q8_0",
     [](Own &o, const FlagValue &v) {
       o.compile.plan.cache = v.choose<spec::DType>(driver::cacheStorages);
     }},
    {"--products", "KIND", "exact (default): f32; fast: rounded to bf16 or int8, for such weights",
     [](Own &o, const FlagValue &v) {
       o.compile.plan.products = v.choose<const char *>(driver::productWords);
     }},
    {"--max-seq", "N", "capacity of the caches in tokens (default: what is needed, at least 4096)",
     [](Own &o, const FlagValue &v) { o.compile.plan.max_seq = v.integer(1, 1 << 24); }},
    {"--prefill-chunk", "T", "most prompt tokens computed together (default: 256)",
     [](Own &o, const FlagValue &v) { o.compile.plan.chunk = v.integer(1, 1 << 14); }},
    {"--json", "FILE", "write all results as JSON; - is standard output",
     [](Own &o, const FlagValue &v) { o.json = v.notEmpty(); }},
    {"--progress", "", "report progress even if standard error is not a terminal",
     [](Own &o, const FlagValue &) { o.progress = true; }},
    {"--help", "", "print this help", [](Own &o, const FlagValue &) { o.help = true; }},
    {"--version", "", "print the version", [](Own &o, const FlagValue &) { o.version = true; }},
};

struct ToolText {
  const char *name, *usage, *examples;
};

/// Prints the help or the version if `options` ask for it; false if they ask for neither.
bool answered(const ToolText &tool, const Options &options, const std::string &flags);
/// The model that the command line names. Throws UsageError unless there is exactly one.
const std::string &onlyModel(const std::vector<std::string> &models, const ToolText &tool);

/// Empty. Throws UsageError if a model is named, which nothing would be done with.
std::string noModel(const std::vector<std::string> &models);

/// Reads the command line of a tool whose options `Own` extend `Options` by the flags in `own`.
/// False if nothing is left to do. Throws UsageError.
template <class Own, std::size_t N>
bool readCommandLine(const ToolText &tool, const Flag<Own> (&own)[N], int argc,
                     const char *const *argv, Own &options) {
  std::vector<Flag<Own>> flags(std::begin(own), std::end(own));
  flags.insert(flags.end(), std::begin(commonFlags<Own>), std::end(commonFlags<Own>));
  auto models = parseFlags<Own>(flags, {argv + 1, std::size_t(argc) - 1}, options);
  if (answered(tool, options, flagHelp<Own>(flags)))
    return false;
  options.compile.noTokenizer = true; // measured is work on token ids
  options.compile.model = options.takesModel ? onlyModel(models, tool) : noModel(models);
  return true;
}

/// Loads a model to be run. Throws cria::Error, also if it has neither weights nor a seed.
driver::Source loadRunnable(const driver::Options &options);

/// Raises the capacity of the caches to `tokens`, as far as the model and --max-seq allow.
void ensureCapacity(driver::Source &source, const driver::Options &options, std::int64_t tokens);

/// The contexts to measure at: the user's, or 0, and 2048 if it fits. `longest` more tokens must
/// fit into a session of `maxSeq` at each of them. Throws cria::Error.
std::vector<std::int64_t> chooseContexts(const Options &options, std::int64_t longest,
                                         std::int64_t maxSeq);

} // namespace cria::measure
