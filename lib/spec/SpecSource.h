//===- SpecSource.h - Specs from files --------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"
#include <filesystem>

namespace cria::spec {

/// Whether `path` has the extension of a spec: .cpp, .cc, .cxx or .spec.
bool isSpecSource(const std::filesystem::path &path);

/// Loads the spec in `path` and names its weights. A .spec file is parsed. A C++ file is compiled
/// and *run*, so it must be trusted: with the compiler $CXX, or else clang++-22, clang++, c++ or
/// g++, and the include folder `include`, which contains cria/spec.hpp. It must define exactly one
/// model. Throws cria::Error, one line: the compiler's first error for C++ that does not compile,
/// and the message alone for a spec with a fault.
Spec loadSpecSource(const std::filesystem::path &path, const std::filesystem::path &include);

} // namespace cria::spec
