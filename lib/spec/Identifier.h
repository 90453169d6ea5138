//===- Identifier.h - Names that C++ takes ----------------------*- C++ -*-===//
#pragma once
#include <string>

namespace cria::spec {

/// `name` ([A-Za-z0-9_]+), or model_`name` where it begins with a digit or is a word of C++ or
/// of the language of specs.
std::string identifier(const std::string &name);

} // namespace cria::spec
