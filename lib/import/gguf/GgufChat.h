//===- GgufChat.h - The chat template of a GGUF file ------------*- C++ -*-===//
#pragma once
#include "import/Fields.h"

namespace cria::import {

/// The chat.cria (runtime/chat/ChatFile.h) of the keys of a GGUF file: tokenizer.chat_template and
/// the special tokens that templates name. With `given`, a file, that is the template. Throws a
/// cria::Error for a template that is not understood.
std::string readGgufChat(const Fields &keys, const std::filesystem::path &given);

} // namespace cria::import
