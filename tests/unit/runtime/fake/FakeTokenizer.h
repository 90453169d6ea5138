//===- FakeTokenizer.h - The tokenizer of the fake model --------*- C++ -*-===//
#pragma once
#include <string>

namespace fake {

/// A tokenizer.cria without merges: ids 0 to 255 are bytes; 256 to 260 are Llama 3's
/// special tokens, the first of which begins a text; then come pieces of text that end inside a
/// UTF-8 character or a word.
std::string tokenizerBlob();

} // namespace fake
