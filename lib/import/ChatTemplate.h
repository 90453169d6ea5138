//===- ChatTemplate.h - The chat template of a folder -----------*- C++ -*-===//
#pragma once
#include "runtime/chat/ChatFile.h"
#include <filesystem>
#include <string>

namespace cria::import {

/// The chat.cria (runtime/chat/ChatFile.h) of a Hugging Face folder: its template, found as
/// transformers finds it, and the special tokens that templates name. With `given`, a file, that is
/// the template. Without a template, the chat.cria says what was looked for. Throws a cria::Error
/// for a template that is not understood.
std::string readChat(const std::filesystem::path &folder, const std::filesystem::path &given = {});

/// The text of a template's file, which may not be huge. Throws cria::Error.
std::string readTemplateFile(const std::filesystem::path &file);

/// The chat.cria of `file`, which has a template. Throws a cria::Error for one that is not
/// understood.
std::string finishChat(const rt::chat::ChatFile &file);

} // namespace cria::import
