//===- Graph.h - The graph of a Llama -----------------------------*- C++ -*-===//
#pragma once
#include "import/Tensors.h"

namespace cria::import {

/// The model that `config` describes, with weights named as in a Hugging Face checkpoint.
spec::Model graph(const Config &config, const Ends &ends, std::string name);

/// The name of a folder or file as a part of symbols.
std::string modelName(std::string name);

} // namespace cria::import
