//===- Presets.cpp - Models known by name ---------------------------------===//
#include "spec/Presets.h"
#include "cria/spec/presets/llama3.hpp"
#include "cria/spec/presets/stories.hpp"
#include "cria/spec/to_graph.hpp"
#include "spec/Names.h"

namespace cria::spec {
namespace {

struct Preset {
  const char *name;
  Model (*make)();
};

#define PRESET(NAME, MODEL)                                                                        \
  Preset {                                                                                         \
    NAME, [] { return to_graph(presets::MODEL, #MODEL); }                                          \
  }

constexpr Preset table[] = {
    PRESET("llama3-8b", llama3_8b),         PRESET("llama3-70b", llama3_70b),
    PRESET("llama3.1-8b", llama3_1_8b),     PRESET("llama3.1-70b", llama3_1_70b),
    PRESET("llama3.1-405b", llama3_1_405b), PRESET("llama3.2-1b", llama3_2_1b),
    PRESET("llama3.2-3b", llama3_2_3b),     PRESET("stories", stories),
};

#undef PRESET

} // namespace

std::optional<Model> preset(std::string_view name) {
  for (const Preset &each : table)
    if (name == each.name) {
      Model model = each.make();
      name_weights(model);
      return model;
    }
  return std::nullopt;
}

std::vector<std::string> presetNames() {
  std::vector<std::string> names;
  for (const Preset &each : table)
    names.push_back(each.name);
  return names;
}

} // namespace cria::spec
