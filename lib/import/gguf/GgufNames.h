//===- GgufNames.h - Weights of a Llama in GGUF files -----------*- C++ -*-===//
#pragma once
#include "cria/spec/graph.hpp"
#include <map>
#include <string>

namespace cria::import {

inline constexpr const char *ggufTable = "token_embd.weight", *ggufHead = "output.weight",
                            *ggufDivisors = "rope_freqs.weight";

/// What GGUF files call the weights of `model`, by their names in it. In both, "{}" is the layer.
std::map<std::string, std::string> ggufNames(const spec::Model &model);

} // namespace cria::import
