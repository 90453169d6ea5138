//===- Dsl.h - Specs as C++ -------------------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"

namespace cria::spec {

/// The lines, counted from 0, of a node in a spec's text. `name` is the prefix of its weights.
struct NodeLines {
  std::string name;
  std::int64_t first, last;
};

/// The text of a C++ file that defines `spec` with cria/spec.hpp and compiles back to the same
/// graph. The model's name gets the prefix "model_" if it is not available in C++. Throws
/// cria::Error if weights are not named as by `name_weights`, since specs cannot name weights.
/// Appends where nodes with weights are to `lines` unless it is null.
std::string to_dsl(const Spec &spec, std::vector<NodeLines> *lines = nullptr);

} // namespace cria::spec
