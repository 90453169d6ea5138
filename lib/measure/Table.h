//===- Table.h - Aligned text -----------------------------------*- C++ -*-===//
#pragma once
#include "measure/Statistics.h"
#include <string>
#include <vector>

namespace cria::measure {

/// Rows of text in columns: the first on the left, all others on the right. A column is as
/// wide as its widest cell.
class Table {
public:
  explicit Table(std::vector<std::string> headings) : rows{std::move(headings)} {}

  /// As many cells as there are headings.
  void add(std::vector<std::string> cells) { rows.push_back(std::move(cells)); }
  /// A line each, under the headings and a rule.
  std::string text() const;

private:
  std::vector<std::vector<std::string>> rows;
};

/// 1234567 as "1.23 MB"; a dash for NaN.
std::string bytesText(double bytes);
/// 0.0345 as "3.5%"; a dash for NaN. Signed: with a + if it is positive.
std::string percentText(double fraction, bool isSigned = false);
/// With about three digits that count; a dash for NaN.
std::string numberText(double value);
/// The spread as "±1.2%"; a dash if there are no samples.
std::string spreadText(const Summary &summary);

} // namespace cria::measure
