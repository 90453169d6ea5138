//===- FileContent.h - Files that are not what their name says --*- C++ -*-===//
#pragma once
#include <string_view>

namespace cria::rt {

/// What a file holds that is found in the place of JSON or of safetensors, and what to do about
/// it, as a clause for messages: a git-lfs pointer, an HTML page, GGUF, a PyTorch pickle. `head` is
/// the file, or its first bytes. Empty if nothing is recognised.
std::string_view recogniseContent(std::string_view head);

} // namespace cria::rt
