//===- ModelFlags.h - Flags that say what is compiled -----------*- C++ -*-===//
#pragma once
#include "driver/Source.h"
#include "support/Flags.h"

namespace cria::measure {

inline constexpr std::pair<std::string_view, spec::DType> dtypes[] = {
    {"f32", spec::DType::f32}, {"f16", spec::DType::f16}, {"bf16", spec::DType::bf16}};

/// The flags of criac that a tool takes as well whose `CommandLine` has a driver::Options
/// `compile`.
template <class CommandLine>
inline constexpr Flag<CommandLine> modelFlags[] = {
    {"--random-weights", "SEED", "make weights instead of reading them",
     [](CommandLine &o, const FlagValue &v) { o.compile.randomSeed = v.integer(0); }},
    {"--dtype", "TYPE", "storage of random weights (default the model's)",
     [](CommandLine &o, const FlagValue &v) { o.compile.plan.weights = v.choose<spec::DType>(dtypes); }},
    {"--kv-dtype", "TYPE", "storage of keys and values: f32 (default), f16, bf16",
     [](CommandLine &o, const FlagValue &v) { o.compile.plan.cache = v.choose<spec::DType>(dtypes); }},
    {"--max-seq", "N", "tokens that the caches hold (default what is needed, 4096 or more)",
     [](CommandLine &o, const FlagValue &v) { o.compile.plan.max_seq = v.integer(1, 1 << 24); }},
    {"--prefill-chunk", "T", "tokens of a prompt at a time (default 64)",
     [](CommandLine &o, const FlagValue &v) { o.compile.plan.chunk = v.integer(1, 1 << 14); }},
};

/// A tool's flags after those for the model.
template <class CommandLine, std::size_t N>
std::vector<Flag<CommandLine>> withModelFlags(const Flag<CommandLine> (&own)[N]) {
  std::vector<Flag<CommandLine>> all(std::begin(own), std::end(own));
  all.insert(all.end() - 2, std::begin(modelFlags<CommandLine>), std::end(modelFlags<CommandLine>));
  return all;
}

/// Numbers with commas, each in [low, high]. Throws UsageError.
std::vector<std::int64_t> integers(const FlagValue &value, std::int64_t low, std::int64_t high);

/// The one model that a command line names. Throws UsageError.
const std::string &onlyModel(const std::vector<std::string> &models, const char *tool);

/// The source of a model that is to be run, with room for `tokens` in its caches unless the
/// user limits them. Throws cria::Error, also if there are neither weights nor a seed for them.
driver::Source loadRunnable(driver::Options options, std::int64_t tokens);

} // namespace cria::measure
