//===- Parse.h - Specs from text --------------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"

namespace cria::spec {

/// Parses one or more specs in the format of `serialise`, and names their weights. `file` is used
/// in messages. Throws cria::Error, one line: with file, line, block, field and value for malformed
/// text; with file, model and message for a spec with a fault.
std::vector<Spec> parseAll(std::string_view text, const std::string &file);

/// The same for text with exactly one model.
Spec parse(std::string_view text, const std::string &file);

} // namespace cria::spec
