//===- SpecSource.h - Specs from files --------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"
#include <filesystem>

namespace cria::spec {

/// Whether `path` is named like a file that holds a spec: .cpp, .cc, .cxx or .spec.
bool isSpecSource(const std::filesystem::path &path);

/// The spec in `path`, with names of weights. A .spec is parsed. C++ is compiled, with
/// `include` as an include folder (the one that has cria/spec.hpp) and the compiler $CXX, else
/// clang++-22, clang++, c++ or g++, and run: who would not run `path` must not load it. It
/// must define one model. Throws cria::Error, one line; for C++ that does not compile it is the
/// first error of the compiler, and of a spec with a fault the fault alone.
Spec loadSpecSource(const std::filesystem::path &path, const std::filesystem::path &include);

} // namespace cria::spec
