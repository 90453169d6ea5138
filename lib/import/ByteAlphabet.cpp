#include "import/ByteAlphabet.h"
#include <array>

namespace cria::import {
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

} // namespace

std::optional<std::string> fromByteAlphabet(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    size_t code = static_cast<unsigned char>(text[i++]);
    if (code >= 0x80) { // all of the alphabet has at most two bytes in UTF-8
      if (code < 0xc2 || code > 0xdf || i == text.size())
        return std::nullopt;
      code = (code & 0x1f) << 6 | (static_cast<unsigned char>(text[i++]) & 0x3f);
    }
    if (code >= bytes.size() || bytes[code] < 0)
      return std::nullopt;
    out += static_cast<char>(bytes[code]);
  }
  return out;
}

} // namespace cria::import
