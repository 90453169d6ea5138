//===- GgufArchitecture.cpp - The architectures of GGUF files -------------===//
#include "import/gguf/GgufArchitecture.h"

namespace cria::import {

const GgufArchitecture &readGgufArchitecture(const Fields &keys) {
  std::string said = keys.text("general.architecture"), known;
  for (const GgufArchitecture &each : ggufArchitectures) {
    if (each.name == said)
      return each;
    known.append(known.empty() ? "" : ", ").append(each.name);
  }
  keys.refuse("general.architecture", nlohmann::json(said), "is not supported (" + known + ")");
}

} // namespace cria::import
