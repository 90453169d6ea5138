//===- FolderContent.h - What a folder holds in place of a model *- C++ -*-===//
#pragma once
#include <filesystem>
#include <string>

namespace cria::rt {

/// A folder that should hold a model in the layout of Hugging Face does not. Returns "; …", what
/// it holds and what to do about it, to end a message with: an adapter, Meta's original
/// files, PyTorch or GGUF weights, the root of a hub cache, several models, nothing at all. Empty
/// if the files are none of these. Throws a cria::Error if `folder` cannot be read.
std::string describeFolder(const std::filesystem::path &folder);

} // namespace cria::rt
