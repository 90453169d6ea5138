//===- FakeTokenizer.h - A tokenizer of bytes -------------------*- C++ -*-===//
#pragma once
#include <cstddef>
#include <vector>

namespace fake {

/// A tokenizer.cria without merges. Ids 0 to 255 are bytes; then come the special tokens,
/// then pieces of text that end inside a UTF-8 character.
std::vector<std::byte> tokenizer();

} // namespace fake
