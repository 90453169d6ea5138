//===- Presets.h - Models known by name -------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"

namespace cria::spec {

/// The model called `name`, such as "llama3.2-1b", with named weights.
std::optional<Model> preset(std::string_view name);
std::vector<std::string> presetNames();

} // namespace cria::spec
