//===- Flags.cpp - Command-line flags as a table --------------------------===//
#include "support/Flags.h"
#include <algorithm>
#include <charconv>
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

} // namespace

std::string suggest(std::string_view word, const std::vector<std::string> &words) {
  std::string best;
  std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string &candidate : words)
    if (std::size_t distance = editDistance(word, candidate); distance < least) {
      least = distance;
      best = candidate;
    }
  return best.empty() ? "" : ", did you mean " + best + "?";
}

const Flag &Flags::find(const std::string &name) const {
  std::vector<std::string> names;
  for (const Flag &flag : flags) {
    if (flag.name == name)
      return flag;
    names.push_back(flag.name);
  }
  throw UsageError("unknown flag " + name + suggest(name, names));
}

std::vector<std::string> Flags::parse(int argc, const char *const *argv) const {
  std::vector<std::string> others;
  for (int i = 1; i < argc; ++i) {
    std::string argument = argv[i];
    if (argument == "--") {
      others.insert(others.end(), argv + i + 1, argv + argc);
      break;
    }
    if (argument.size() < 2 || argument[0] != '-') {
      others.push_back(argument);
      continue;
    }
    std::size_t equals = argument.find('=');
    const Flag &flag = find(argument.substr(0, equals));
    if (flag.operand.empty()) {
      if (equals != std::string::npos)
        throw UsageError(flag.name + ": takes no value, found \"" + argument.substr(equals + 1) +
                         "\"");
      flag.set({});
    } else if (equals != std::string::npos) {
      flag.set(std::string_view(argument).substr(equals + 1));
    } else if (i + 1 < argc) {
      flag.set(argv[++i]);
    } else {
      throw UsageError(flag.name + ": needs a value, " + flag.operand);
    }
  }
  return others;
}

std::string Flags::help() const {
  std::size_t width = 0;
  auto left = [](const Flag &flag) {
    return flag.operand.empty() ? flag.name : flag.name + " " + flag.operand;
  };
  for (const Flag &flag : flags)
    width = std::max(width, left(flag).size());
  std::string text;
  for (const Flag &flag : flags) {
    std::string name = left(flag);
    text += "  " + name + std::string(width - name.size() + 2, ' ') + flag.help + "\n";
  }
  return text;
}

std::function<void(std::string_view)> setInteger(std::string flag, std::int64_t &value,
                                                 std::int64_t least, std::int64_t most) {
  return [=, flag = std::move(flag), &value](std::string_view text) {
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
      throw UsageError(flag + ": \"" + std::string(text) + "\" is not a whole number");
    if (number < least || number > most)
      throw UsageError(flag + ": " + std::string(text) + " is not in " + std::to_string(least) +
                       " ... " + std::to_string(most));
    value = number;
  };
}

std::function<void(std::string_view)> setText(std::string &value) {
  return [&value](std::string_view text) { value = text; };
}

std::function<void(std::string_view)> setTrue(bool &value) {
  return [&value](std::string_view) { value = true; };
}

} // namespace cria
