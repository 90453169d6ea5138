//===- Dsl.h - Specs as C++ -------------------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"

namespace cria::spec {

/// A C++ file that defines `spec` in the language of cria/spec.hpp: compiled, it gives the same
/// graph. A name that is not free in C++ begins with "model_" there. Throws cria::Error if weights
/// are not named as `name_weights` does, which the language cannot say.
std::string to_dsl(const Spec &spec);

} // namespace cria::spec
