//===- CharSet.cpp - Sets of characters -----------------------------------===//
#include "import/tokenizer/CharSet.h"
#include "import/tokenizer/UnicodeData.h"
#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace cria::import {
namespace {

constexpr uint32_t lastCode = 0x10ffff;

/// Long names of general categories and of their groups.
constexpr std::pair<std::string_view, std::string_view> longNames[] = {
    {"letter", "L"},           {"mark", "M"},           {"number", "N"},
    {"punctuation", "P"},      {"punct", "P"},          {"symbol", "S"},
    {"separator", "Z"},        {"other", "C"},          {"uppercaseletter", "Lu"},
    {"lowercaseletter", "Ll"}, {"decimalnumber", "Nd"}, {"digit", "Nd"}};

std::string plainName(std::string_view name) {
  std::string plain;
  for (char c : name)
    if (c != ' ' && c != '-' && c != '_')
      plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return plain;
}

bool sameText(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

/// A category such as "lu", or all that begin with a letter.
std::optional<CharSet> category(std::string_view name) {
  auto names = unicode::categoryNames();
  auto wanted = [&](std::string_view one) {
    return sameText(name, one) || sameText(name, one.substr(0, 1)) ||
           (sameText(name, "lc") && (one == "Lu" || one == "Ll" || one == "Lt"));
  };
  if (std::none_of(names.begin(), names.end(), wanted))
    return std::nullopt;
  std::vector<CharSet::Range> ranges;
  uint32_t first = 0;
  for (auto [last, index] : unicode::categoryRuns()) {
    if (wanted(names[index]))
      ranges.push_back({first, last});
    first = last + 1;
  }
  return CharSet::of(std::move(ranges));
}

std::optional<CharSet> find(std::string_view name) {
  auto sets = unicode::namedSets();
  auto at = std::lower_bound(sets.begin(), sets.end(), name,
                             [](const auto &set, std::string_view n) { return set.name < n; });
  if (at == sets.end() || at->name != name)
    return std::nullopt;
  return CharSet::of({at->ranges.begin(), at->ranges.end()});
}

} // namespace

CharSet CharSet::of(std::vector<Range> ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const Range &a, const Range &b) { return a.first < b.first; });
  CharSet set;
  for (const Range &range : ranges)
    if (!set.ranges_.empty() && range.first <= uint64_t(set.ranges_.back().last) + 1)
      set.ranges_.back().last = std::max(set.ranges_.back().last, range.last);
    else
      set.ranges_.push_back(range);
  return set;
}

bool CharSet::contains(char32_t code) const {
  return std::any_of(ranges_.begin(), ranges_.end(),
                     [&](const Range &r) { return r.first <= code && code <= r.last; });
}

bool CharSet::operator==(const CharSet &other) const {
  return std::equal(
      ranges_.begin(), ranges_.end(), other.ranges_.begin(), other.ranges_.end(),
      [](const Range &a, const Range &b) { return a.first == b.first && a.last == b.last; });
}

CharSet CharSet::operator|(const CharSet &other) const {
  std::vector<Range> all = ranges_;
  all.insert(all.end(), other.ranges_.begin(), other.ranges_.end());
  return of(std::move(all));
}

CharSet CharSet::operator&(const CharSet &other) const { return ~(~*this | ~other); }

CharSet CharSet::operator~() const {
  CharSet set;
  uint32_t next = 0;
  for (const Range &range : ranges_) {
    if (range.first > next)
      set.ranges_.push_back({next, range.first - 1});
    next = range.last + 1;
  }
  if (next <= lastCode)
    set.ranges_.push_back({next, lastCode});
  return set;
}

std::optional<CharSet> unicodeProperty(std::string_view name) {
  std::string plain = plainName(name);
  if (plain.starts_with("rust") || plain.starts_with("posix"))
    return std::nullopt; // sets of the tables that no pattern names
  for (auto [longName, shortName] : longNames)
    if (plain == longName)
      return category(shortName);
  auto set = category(plain);
  return set ? set : find(plain);
}

CharSet namedSet(std::string_view name) { return find(name).value(); }

} // namespace cria::import
