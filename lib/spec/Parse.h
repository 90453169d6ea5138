//===- Parse.h - Specs from text --------------------------------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"

namespace cria::spec {

/// Reads what `serialise` writes, or several of it in a row, and names the weights. `file` is
/// for messages. Throws cria::Error: one line with file, line, block, field and value for text
/// that is not well-formed, with file, model and sentence for a spec with a fault.
std::vector<Spec> parseAll(std::string_view text, const std::string &file);

/// The same for text with one model.
Spec parse(std::string_view text, const std::string &file);

} // namespace cria::spec
