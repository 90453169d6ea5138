//===- GgufModel.h - A model from a GGUF file -------------------*- C++ -*-===//
#pragma once
#include "import/Model.h"

namespace cria::import {

/// Whether `path` is a file that is GGUF, by its name or by its content.
bool isGgufFile(const std::filesystem::path &path);

/// What is read besides the model.
struct GgufParts {
  bool tokenizer = true;
  bool chat = true;                     ///< if there is a tokenizer
  std::filesystem::path chatTemplate{}; ///< takes the place of the file's own; may be empty
};

/// Reads the keys and tensors of `file` and of the parts that continue it. Throws cria::Error.
Imported importGguf(const std::filesystem::path &file, const GgufParts &parts = {});

} // namespace cria::import
