//===- Table.cpp - Text tables with aligned columns -----------------------===//
#include "measure/Table.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace cria::measure {
namespace {

/// Number of characters, not of UTF-8 bytes.
std::size_t widthOf(const std::string &text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](unsigned char byte) { return (byte & 0xc0) != 0x80; }));
}

} // namespace

std::string Table::text() const {
  std::vector<std::size_t> widths(rows.front().size());
  for (const auto &row : rows)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], widthOf(row[i]));
  std::string text;
  for (const auto &row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      std::string padding(widths[i] - widthOf(row[i]), ' ');
      line += i ? "  " + padding + row[i] : row[i] + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
    if (&row == &rows.front()) {
      std::size_t total = 2 * (widths.size() - 1);
      for (std::size_t width : widths)
        total += width;
      text += std::string(total, '-') + "\n";
    }
  }
  return text;
}

std::string bytesText(double bytes) {
  if (std::isnan(bytes))
    return "-";
  static constexpr const char *units[] = {"B", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  for (; std::abs(bytes) >= 1000 && unit + 1 < std::size(units); ++unit)
    bytes /= 1000;
  return unit ? fmt::format("{:.2f} {}", bytes, units[unit]) : fmt::format("{:.0f} B", bytes);
}

std::string percentText(double fraction, bool isSigned) {
  if (std::isnan(fraction))
    return "-";
  double percent = 100 * fraction;
  int digits = std::abs(percent) < 0.1 && percent != 0 ? 3 : 1;
  return isSigned ? fmt::format("{:+.{}f}%", percent, digits)
                  : fmt::format("{:.{}f}%", percent, digits);
}

std::string numberText(double value) {
  if (std::isnan(value))
    return "-";
  int digits = std::abs(value) >= 100 ? 0 : std::abs(value) >= 10 ? 1 : 2;
  return fmt::format("{:.{}f}", value, digits);
}

std::string spreadText(const Summary &summary) {
  return summary.count ? "±" + percentText(summary.spread()) : "-";
}

} // namespace cria::measure
