//===- ModelFlags.cpp - Flags that say what is compiled -------------------===//
#include "measure/ModelFlags.h"
#include <algorithm>

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

const std::string &onlyModel(const std::vector<std::string> &models, const char *tool) {
  if (models.empty())
    throw UsageError(std::string("no model is given, see ") + tool + " --help");
  if (models.size() > 1)
    throw UsageError("one model at a time: " + shown(models[1]) + " is too many");
  return models.front();
}

driver::Source loadRunnable(driver::Options options, std::int64_t tokens) {
  constexpr std::int64_t usual = 4096; // what criac takes, too
  if (options.plan.max_seq == 0 && tokens > usual)
    options.plan.max_seq = tokens;
  driver::Source source = driver::loadSource(options);
  if (!options.randomSeed && source.folder.empty())
    throw Error(options.model + ": there are no weights; --random-weights=1 makes some");
  return source;
}

} // namespace cria::measure
