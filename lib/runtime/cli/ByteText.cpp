//===- ByteText.cpp - Numbers of bytes for people -------------------------===//
#include "runtime/cli/ByteText.h"
#include <fmt/format.h>
#include <iterator>

namespace cria::rt {

std::string byteText(double count) {
  static constexpr const char *units[] = {"B", "kB", "MB", "GB", "TB"};
  size_t unit = 0;
  for (; count >= 1000 && unit + 1 < std::size(units); ++unit)
    count /= 1000;
  return fmt::format("{:.{}f} {}", count, unit ? 2 : 0, units[unit]);
}

} // namespace cria::rt
