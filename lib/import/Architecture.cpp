//===- Architecture.cpp - The model types that Cria reads -----------------===//
#include "import/Architecture.h"
#include "runtime/Fail.h"
#include <algorithm>

namespace cria::import {

using nlohmann::json;
using rt::printable;

namespace {

constexpr Architecture architectures[] = {{"llama", 11008, 0, 2048, 0, true},
                                          {"mistral", 14336, 8, 131072, 4096, false},
                                          {"smollm3", 11008, 4, 32768, 0, true, true, 4}};

struct Class {
  std::string_view name, type;
};

/// LLaMAForCausalLM is how the first releases and NVIDIA's ChatQA spell it.
constexpr Class classes[] = {{"LlamaForCausalLM", "llama"},
                             {"LLaMAForCausalLM", "llama"},
                             {"LlamaModel", "llama"},
                             {"MistralForCausalLM", "mistral"},
                             {"SmolLM3ForCausalLM", "smollm3"}};

std::string_view typeOf(const json &className) {
  for (const auto &[name, type] : classes)
    if (className == name)
      return type;
  return {};
}

[[noreturn]] void refuseType(const Fields &config, const std::string &type) {
  std::string known;
  for (const Architecture &each : architectures)
    known.append(known.empty() ? "" : ", ").append(each.type);
  std::string why = "is not supported (" + known + ")";
  if (config.find("text_config"))
    why += "; it is a model of several parts, and text_config alone is not read";
  else if (config.find("auto_map"))
    why += "; its code comes with it (auto_map), and Cria runs none of it";
  config.refuse("model_type", json(type), why);
}

} // namespace

const Architecture &readArchitecture(const Fields &config, std::vector<std::string> &notes) {
  const json &names = config.list("architectures");
  auto known = std::find_if(names.begin(), names.end(),
                            [](const json &name) { return !typeOf(name).empty(); });
  std::string type =
      config.text("model_type",
                  known == names.end() ? std::nullopt : std::optional(std::string(typeOf(*known))));
  auto found = std::find_if(std::begin(architectures), std::end(architectures),
                            [&](const Architecture &each) { return each.type == type; });
  if (found == std::end(architectures))
    refuseType(config, type);
  if (known == names.end() ? !names.empty() : typeOf(*known) != type)
    notes.push_back(config.describe("architectures", printable(names.dump()) +
                                                         " does not count: the model is read as "
                                                         "its model_type says, \"" +
                                                         type + "\""));
  if (config.find("auto_map"))
    notes.push_back(config.describe("auto_map", "code that comes with the model is not run"));
  return *found;
}

} // namespace cria::import
