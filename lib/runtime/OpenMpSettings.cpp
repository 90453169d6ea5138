//===- OpenMpSettings.cpp - OMP_NUM_THREADS and the like ------------------===//
#include "runtime/OpenMpSettings.h"
#include "runtime/Fail.h"
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <unistd.h>

namespace cria::rt {
namespace {

constexpr long mostThreads = 1024;
/// Longer numbers overflow in libomp.
constexpr int mostDigits = 9;
constexpr double mostStackBytes = 1 << 30;

std::string_view trimmed(std::string_view text) {
  constexpr const char *blanks = " \t";
  size_t begin = std::min(text.find_first_not_of(blanks), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

bool isThreadCount(std::string_view text) {
  text = trimmed(text);
  long count = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  return error == std::errc() && end == text.data() + text.size() && count >= 1 &&
         count <= mostThreads;
}

bool isListOfThreadCounts(std::string_view list) {
  for (size_t comma; (comma = list.find(',')) != list.npos; list.remove_prefix(comma + 1))
    if (!isThreadCount(list.substr(0, comma)))
      return false;
  return isThreadCount(list);
}

bool hasLongNumber(std::string_view text) {
  int digits = 0;
  for (char c : text)
    if ((digits = c >= '0' && c <= '9' ? digits + 1 : 0) > mostDigits)
      return true;
  return false;
}

/// Bytes of "8M": a number and B, K, M, G, ... or no suffix, which stands for `unit`. Nothing if
/// there is no number, which libomp itself passes over with a warning.
std::optional<double> sizeInBytes(std::string_view text, double unit) {
  text = trimmed(text);
  double number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc())
    return std::nullopt;
  std::string_view suffix = trimmed({end, text.data() + text.size()});
  constexpr std::string_view units = "BKMGTPEZ";
  size_t power = suffix.empty() ? units.npos : units.find(static_cast<char>(suffix[0] & ~0x20));
  if (power == units.npos)
    return number * unit;
  for (; power > 0; --power)
    number *= 1024;
  return number;
}

} // namespace

std::string settingFault(std::string_view name, std::string_view value) {
  if (name == "OMP_NUM_THREADS")
    return isListOfThreadCounts(value)
               ? ""
               : fmt::format("is not a list of thread counts from 1 to {}", mostThreads);
  if (value.empty())
    return "is empty";
  if (hasLongNumber(value))
    return "has a number that is too large";
  if (name.ends_with("_STACKSIZE") || name.ends_with("_STACKOFFSET"))
    if (auto bytes = sizeInBytes(value, name.starts_with("OMP_") ? 1024 : 1);
        bytes > mostStackBytes)
      return "is more than 1 GiB";
  return "";
}

HiddenSettings::HiddenSettings() {
  for (char **entry = environ; entry && *entry; ++entry) {
    std::string_view text = *entry;
    size_t equals = text.find('=');
    if (equals == text.npos || !(text.starts_with("OMP_") || text.starts_with("KMP_")))
      continue;
    std::string name(text.substr(0, equals)), value(text.substr(equals + 1));
    if (std::string fault = settingFault(name, value); !fault.empty())
      hidden.push_back({std::move(name), std::move(value), std::move(fault)});
  }
  for (const Setting &setting : hidden)
    unsetenv(setting.name.c_str());
}

HiddenSettings::~HiddenSettings() {
  for (const Setting &setting : hidden)
    setenv(setting.name.c_str(), setting.value.c_str(), 1);
}

std::vector<std::string> HiddenSettings::notes() const {
  std::vector<std::string> lines;
  for (const Setting &setting : hidden)
    lines.push_back(fmt::format("{} is ignored: \"{}\" {}", setting.name, printable(setting.value),
                                setting.fault));
  return lines;
}

} // namespace cria::rt
