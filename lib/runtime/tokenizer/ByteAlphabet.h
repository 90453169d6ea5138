//===- ByteAlphabet.h - Bytes as printable characters -----------*- C++ -*-===//
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace cria::rt {

/// The alphabet of byte-level BPE (Radford et al. 2019, GPT-2) writes each byte as one
/// character: printable ones of Latin-1 stand for themselves, the others are U+0100 and on, in
/// their order.

/// Appends each byte of `text` as its character, in UTF-8.
void appendByteAlphabet(std::string &out, std::string_view text);

/// The bytes that `token` stands for; nothing if a character of it is not in the alphabet.
std::optional<std::string> fromByteAlphabet(std::string_view token);

} // namespace cria::rt
