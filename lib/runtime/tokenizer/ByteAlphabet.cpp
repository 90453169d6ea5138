//===- ByteAlphabet.cpp - Bytes as printable characters -------------------===//
#include "runtime/tokenizer/ByteAlphabet.h"
#include "runtime/Utf8.h"
#include <array>

namespace cria::rt {
namespace {

constexpr bool isPrintable(int byte) {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte != 0xad);
}

/// By code point; -1 is none. 68 bytes are not printable.
constexpr auto bytes = [] {
  std::array<int, 0x100 + 68> table{};
  size_t shifted = 0x100;
  for (int &entry : table)
    entry = -1;
  for (int byte = 0; byte < 0x100; ++byte)
    table[isPrintable(byte) ? static_cast<size_t>(byte) : shifted++] = byte;
  return table;
}();

constexpr auto characters = [] {
  std::array<char16_t, 0x100> table{};
  for (size_t code = 0; code < bytes.size(); ++code)
    if (bytes[code] >= 0)
      table[static_cast<size_t>(bytes[code])] = static_cast<char16_t>(code);
  return table;
}();

} // namespace

void appendByteAlphabet(std::string &out, std::string_view text) {
  for (char c : text)
    appendUtf8(out, characters[static_cast<unsigned char>(c)]);
}

std::optional<std::string> fromByteAlphabet(std::string_view token) {
  std::string out;
  for (size_t at = 0; at < token.size();) {
    auto [code, length] = codePointAt(token, at);
    if (code >= bytes.size() || bytes[code] < 0)
      return std::nullopt;
    out += static_cast<char>(bytes[code]);
    at += length;
  }
  return out;
}

} // namespace cria::rt
