//===- Flags.cpp - Command-line flags as a table --------------------------===//
#include "support/Flags.h"
#include <algorithm>
#include <numeric>

namespace cria {
namespace {

std::size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      std::size_t changed = diagonal + (a[i] != b[j]);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

std::string plain(double value) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

} // namespace

std::string shown(std::string_view text) {
  constexpr std::size_t most = 100;
  if (text.empty())
    return "\"\"";
  std::string out(text.substr(0, most));
  for (char &c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      c = '?';
  return text.size() > most ? out + "..." : out;
}

std::string suggest(std::string_view word, const std::vector<std::string> &words) {
  std::string best;
  // Up to a third of the letters may differ; dashes do not count.
  std::size_t letters = word.size() - std::min(word.size(), word.find_first_not_of('-'));
  std::size_t least = std::max<std::size_t>(2, std::min<std::size_t>(letters, 30) / 3) + 1;
  for (const std::string &candidate : words)
    if (std::size_t distance = editDistance(word.substr(0, 100), candidate); distance < least) {
      least = distance;
      best = candidate;
    }
  return best.empty() ? "" : ", did you mean " + best + "?";
}

void FlagValue::refuse(const std::string &why) const {
  throw UsageError(std::string(flag) + ": " + why);
}

std::int64_t FlagValue::integer(std::int64_t low, std::int64_t high) const {
  auto value = parse<std::int64_t>("an integer");
  if (value < low || value > high)
    refuse(std::to_string(value) + " is not in [" + std::to_string(low) + ", " +
           std::to_string(high) + "]");
  return value;
}

double FlagValue::number(char open, double low, double high, char close) const {
  auto value = parse<double>("a number");
  // Written so that NaN is refused.
  bool above = open == '(' ? value > low : value >= low;
  bool below = close == ')' ? value < high : value <= high;
  if (!above || !below)
    refuse(shown(text) + " is not in " + open + plain(low) + ", " + plain(high) + close);
  return value;
}

const std::string &FlagValue::notEmpty() const {
  if (text.empty())
    refuse("must not be empty");
  return text;
}

void FlagValue::refuseChoice(const std::vector<std::string> &names) const {
  std::string list;
  for (const std::string &name : names)
    list += (list.empty() ? "" : ", ") + name;
  refuse(shown(text) + " is not one of " + list + suggest(text, names));
}

} // namespace cria
