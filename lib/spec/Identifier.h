//===- Identifier.h - Valid C++ identifiers ---------------------*- C++ -*-===//
#pragma once
#include <string>

namespace cria::spec {

/// `name` ([A-Za-z0-9_]+), prefixed with "model_" if it begins with a digit or is reserved in C++
/// or in specs.
std::string identifier(const std::string &name);

} // namespace cria::spec
