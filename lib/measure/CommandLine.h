//===- CommandLine.h - What tools that measure are told alike ---*- C++ -*-===//
#pragma once
#include "driver/Source.h"
#include "support/Flags.h"

namespace cria::measure {

/// What is compiled, where it is measured, and where that is written.
struct Options {
  driver::Options compile;
  std::vector<std::int64_t> contexts; ///< empty: see chooseContexts
  std::int64_t tokens = 4;            ///< of a decode measurement
  std::int64_t rounds = 11;           ///< the fewest that tell something, see Summary
  bool progress = false;              ///< also where standard error is no terminal
  std::string json;                   ///< a path, or empty
  bool help = false, version = false;
};

/// Numbers with commas, each in [low, high]. Throws UsageError.
std::vector<std::int64_t> integers(const FlagValue &value, std::int64_t low, std::int64_t high);

inline constexpr std::pair<std::string_view, spec::DType> dtypes[] = {
    {"f32", spec::DType::f32}, {"f16", spec::DType::f16}, {"bf16", spec::DType::bf16}};

/// Flags for the `Options` that `Own` has; those for the model are as criac takes them.
template <class Own>
inline constexpr Flag<Own> commonFlags[] = {
    {"--context", "N[,N...]", "tokens before those decoded (default 0, and 2048 if it fits)",
     [](Own &o, const FlagValue &v) { o.contexts = integers(v, 0, 1 << 24); }},
    {"--tokens", "N", "tokens of a decode measurement (default 4)",
     [](Own &o, const FlagValue &v) { o.tokens = v.integer(1, 1 << 20); }},
    {"--repeats", "R", "rounds that everything is measured in (default 11)",
     [](Own &o, const FlagValue &v) { o.rounds = v.integer(1, 1 << 20); }},
    {"--random-weights", "SEED", "make weights instead of reading them",
     [](Own &o, const FlagValue &v) { o.compile.randomSeed = v.integer(0); }},
    {"--dtype", "TYPE", "storage of random weights (default the model's)",
     [](Own &o, const FlagValue &v) { o.compile.plan.weights = v.choose<spec::DType>(dtypes); }},
    {"--kv-dtype", "TYPE", "storage of keys and values: f32 (default), f16, bf16",
     [](Own &o, const FlagValue &v) { o.compile.plan.cache = v.choose<spec::DType>(dtypes); }},
    {"--max-seq", "N", "tokens that the caches hold (default what is needed, 4096 or more)",
     [](Own &o, const FlagValue &v) { o.compile.plan.max_seq = v.integer(1, 1 << 24); }},
    {"--prefill-chunk", "T", "tokens of a prompt at a time (default 64)",
     [](Own &o, const FlagValue &v) { o.compile.plan.chunk = v.integer(1, 1 << 14); }},
    {"--json", "FILE", "write everything as JSON; - is standard output",
     [](Own &o, const FlagValue &v) { o.json = v.notEmpty(); }},
    {"--progress", "", "say how far it is, also if standard error is no terminal",
     [](Own &o, const FlagValue &) { o.progress = true; }},
    {"--help", "", "this text", [](Own &o, const FlagValue &) { o.help = true; }},
    {"--version", "", "the version", [](Own &o, const FlagValue &) { o.version = true; }},
};

struct ToolText {
  const char *name, *usage, *examples;
};

/// Answers --help or --version, if `options` ask for one of them.
bool answered(const ToolText &tool, const Options &options, const std::string &flags);
/// The one model that a command line names. Throws UsageError.
const std::string &onlyModel(const std::vector<std::string> &models, const ToolText &tool);

/// Reads the command line of a tool whose options `Own` are `Options` and more, with `own`
/// flags. False if nothing is left to do. Throws UsageError.
template <class Own, std::size_t N>
bool readCommandLine(const ToolText &tool, const Flag<Own> (&own)[N], int argc,
                     const char *const *argv, Own &options) {
  std::vector<Flag<Own>> flags(std::begin(own), std::end(own));
  flags.insert(flags.end(), std::begin(commonFlags<Own>), std::end(commonFlags<Own>));
  auto models = parseFlags<Own>(flags, {argv + 1, std::size_t(argc) - 1}, options);
  if (answered(tool, options, flagHelp<Own>(flags)))
    return false;
  options.compile.model = onlyModel(models, tool);
  return true;
}

/// The source of a model that is to be run. Throws cria::Error, also if there are neither
/// weights nor a seed for them.
driver::Source loadRunnable(const driver::Options &options);

/// Lets the caches hold `tokens`, as far as the model and the user's flag allow.
void makeRoom(driver::Source &source, const driver::Options &options, std::int64_t tokens);

/// Where to measure: what the user says, or 0, and 2048 if it fits. At each context `longest`
/// tokens more must fit into a session of `maxSeq`. Throws cria::Error.
std::vector<std::int64_t> chooseContexts(const Options &options, std::int64_t longest,
                                         std::int64_t maxSeq);

} // namespace cria::measure
