//===- ByteAlphabet.h - Bytes as printable characters -----------*- C++ -*-===//
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace cria::import {

/// The bytes that `text`, a token in the alphabet of byte-level BPE, stands for. There each
/// byte is one character: printable ones of Latin-1 are themselves, the others are U+0100 and on,
/// in their order. Nothing if a character of `text` is not in the alphabet.
std::optional<std::string> fromByteAlphabet(std::string_view text);

} // namespace cria::import
