//===- GgufArchitecture.h - The architectures of GGUF files -----*- C++ -*-===//
#pragma once
#include "import/Fields.h"

namespace cria::import {

/// What general.architecture can say. Sizes are in keys that begin with the name and a dot.
struct GgufArchitecture {
  std::string_view name;
  /// Every n-th layer has no rotary embedding; 0: all have. No key says it: the name does.
  std::int64_t noRopeInterval;
};

inline constexpr GgufArchitecture ggufArchitectures[] = {{"llama", 0}, {"smollm3", 4}};

/// The one that the keys name. Throws cria::Error.
const GgufArchitecture &readGgufArchitecture(const Fields &keys);

} // namespace cria::import
