//===- Fail.h - Throwing cria::Error with a formatted line ------*- C++ -*-===//
#pragma once
#include "support/Error.h"
#include <fmt/format.h>
#include <string_view>

namespace cria::rt {

template <class... Args>
[[noreturn]] void fail(fmt::format_string<Args...> format, Args &&...args) {
  throw Error(fmt::format(format, std::forward<Args>(args)...));
}

/// `text` from a file or a command line as it may stand in a message: control characters
/// become '?', and what is longer than 100 bytes is cut.
inline std::string printable(std::string_view text) {
  constexpr size_t most = 100;
  std::string out(text.substr(0, most));
  for (char &c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      c = '?';
  if (text.size() > most)
    out += "...";
  return out;
}

} // namespace cria::rt
