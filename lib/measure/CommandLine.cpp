//===- CommandLine.cpp - Options shared by the measuring tools ------------===//
#include "measure/CommandLine.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>
#include <fmt/format.h>

namespace cria::measure {

std::vector<std::int64_t> integers(const FlagValue &value, std::int64_t low, std::int64_t high) {
  std::vector<std::int64_t> all;
  for (std::size_t begin = 0; begin <= value.text.size();) {
    std::size_t end = std::min(value.text.find(',', begin), value.text.size());
    all.push_back(FlagValue{value.flag, value.text.substr(begin, end - begin)}.integer(low, high));
    begin = end + 1;
  }
  return all;
}

bool answered(const ToolText &tool, const Options &options, const std::string &flags) {
  if (options.help)
    llvm::outs() << tool.usage << flags << tool.examples;
  else if (options.version)
    llvm::outs() << tool.name << " " << CRIA_VERSION << "\n";
  return options.help || options.version;
}

const std::string &onlyModel(const std::vector<std::string> &models, const ToolText &tool) {
  if (models.empty())
    throw UsageError(fmt::format("no model given; see {} --help", tool.name));
  if (models.size() > 1)
    throw UsageError(shown(models[1]) + ": only one model can be given");
  return models.front();
}

std::string noModel(const std::vector<std::string> &models) {
  if (!models.empty())
    throw UsageError(shown(models.front()) + ": no model is measured with these flags");
  return {};
}

driver::Source loadRunnable(const driver::Options &options) {
  driver::Options silent = options;
  silent.noChatTemplate = true; // nobody chats with what is measured
  driver::Source source = driver::loadSource(silent);
  if (!options.randomSeed && source.folder.empty())
    throw Error(options.model + ": a preset or spec has no weights; use --random-weights=1");
  return source;
}

void ensureCapacity(driver::Source &source, const driver::Options &options, std::int64_t tokens) {
  if (options.plan.max_seq == 0)
    source.plan.max_seq = std::clamp(tokens, source.plan.max_seq, source.model.max_context);
}

std::vector<std::int64_t> chooseContexts(const Options &options, std::int64_t longest,
                                         std::int64_t maxSeq) {
  std::int64_t last = maxSeq - longest;
  std::vector<std::int64_t> contexts = options.contexts;
  if (contexts.empty())
    contexts = last < 2048 ? std::vector<std::int64_t>{0} : std::vector<std::int64_t>{0, 2048};
  for (std::int64_t context : contexts)
    if (context > last)
      throw Error(fmt::format("--context: {} tokens and {} more exceed the session's capacity of "
                              "{} tokens",
                              context, longest, maxSeq));
  return contexts;
}

} // namespace cria::measure
