//===- Table.h - Text tables with aligned columns ---------------*- C++ -*-===//
#pragma once
#include "measure/Statistics.h"
#include <string>
#include <vector>

namespace cria::measure {

/// A text table. The first column is left-aligned, all others are right-aligned; each is as wide
/// as its widest cell.
class Table {
public:
  explicit Table(std::vector<std::string> headings) : rows{std::move(headings)} {}

  /// Adds a row with one cell per heading.
  void add(std::vector<std::string> cells) { rows.push_back(std::move(cells)); }
  /// The headings, a rule, and one line per row.
  std::string text() const;

private:
  std::vector<std::vector<std::string>> rows;
};

/// 1234567 as "1.23 MB"; a dash for NaN.
std::string bytesText(double bytes);
/// 0.0345 as "3.5%", or "+3.5%" if signed; a dash for NaN.
std::string percentText(double fraction, bool isSigned = false);
/// `value` with about three significant digits; a dash for NaN.
std::string numberText(double value);
/// The spread as "±1.2%"; a dash if there are no samples.
std::string spreadText(const Summary &summary);

} // namespace cria::measure
