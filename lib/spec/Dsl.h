//===- Dsl.h - Specs as C++ -------------------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"

namespace cria::spec {

/// The text of a C++ file that defines `spec` with cria/spec.hpp and compiles back to the same
/// graph. The model's name gets the prefix "model_" if it is not available in C++. Throws
/// cria::Error if weights are not named as by `name_weights`, since specs cannot name weights.
std::string to_dsl(const Spec &spec);

} // namespace cria::spec
