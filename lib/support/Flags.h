//===- Flags.h - Command-line flags as a table ------------------*- C++ -*-===//
//
// A tool lists its flags once, as a table over its struct of options. Parsing, messages for bad
// values, --help, man pages and completions derive from it. Values are given as --flag=value or
// --flag value.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "support/Error.h"
#include <charconv>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cria {

/// A bad command line (exit code 2), as opposed to bad input. what() is one line such as
/// "--top-p: 7 is not in (0, 1]".
struct UsageError : Error {
  using Error::Error;
};

/// `text` made fit for a message: quoted if empty, without control characters, truncated if long.
std::string shown(std::string_view text);
/// ", did you mean X?" with the word of `words` closest to `word`; empty if none is close.
std::string suggest(std::string_view word, const std::vector<std::string> &words);

/// The value given to a flag. Accessors throw a UsageError that names the flag.
struct FlagValue {
  std::string_view flag;
  std::string text;

  template <class T>
  T parse(std::string_view kind) const {
    T value{};
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
      refuse(shown(text) + " is not " + std::string(kind));
    return value;
  }
  /// An integer in [low, high].
  std::int64_t integer(std::int64_t low,
                       std::int64_t high = std::numeric_limits<std::int64_t>::max()) const;
  /// A number in the range written as `open` low, high `close`, such as (low, high].
  double number(char open, double low, double high, char close) const;
  const std::string &notEmpty() const;
  /// One of `choices`, by name.
  template <class T>
  T choose(std::span<const std::pair<std::string_view, T>> choices) const {
    std::vector<std::string> names;
    for (const auto &[name, value] : choices) {
      if (name == text)
        return value;
      names.emplace_back(name);
    }
    refuseChoice(names);
  }
  [[noreturn]] void refuseChoice(const std::vector<std::string> &names) const;
  [[noreturn]] void refuse(const std::string &why) const;
};

/// A row of the table. A flag without `metavar` takes no value; one with "[=X]" may be given one
/// after =. `alias` is a second name, such as "-p".
template <class Options>
struct Flag {
  std::string_view name, metavar, help;
  void (*set)(Options &, const FlagValue &);
  std::string_view alias = {};

  bool isCalled(std::string_view word) const {
    return name == word || (!alias.empty() && alias == word);
  }
};

/// Applies the flags in `arguments` to `options` and returns the other arguments. "-" is not a
/// flag, and "--" ends the flags.
template <class Options>
std::vector<std::string> parseFlags(std::span<const Flag<Options>> table,
                                    std::span<const char *const> arguments, Options &options) {
  std::vector<std::string> others;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string_view argument = arguments[i];
    if (argument == "--") {
      others.insert(others.end(), arguments.begin() + i + 1, arguments.end());
      break;
    }
    if (argument.size() < 2 || argument[0] != '-') {
      others.emplace_back(argument);
      continue;
    }
    std::size_t equals = argument.find('=');
    const Flag<Options> *found = nullptr;
    std::vector<std::string> names;
    for (const Flag<Options> &flag : table) {
      names.emplace_back(flag.name);
      if (flag.isCalled(argument.substr(0, equals)))
        found = &flag;
    }
    if (!found)
      throw UsageError(shown(argument.substr(0, equals)) + ": unknown flag" +
                       suggest(argument.substr(0, equals), names) + "; --help lists them");
    FlagValue value{found->name, {}};
    if (found->metavar.empty()) {
      if (equals != argument.npos)
        value.refuse("takes no value");
    } else if (equals != argument.npos) {
      value.text = argument.substr(equals + 1);
    } else if (!found->metavar.starts_with('[')) {
      if (++i == arguments.size())
        value.refuse("its value is missing");
      value.text = arguments[i];
    }
    found->set(options, value);
  }
  return others;
}

/// One line per flag, aligned: "--prompt, -p TEXT   text to continue".
template <class Options>
std::string flagHelp(std::span<const Flag<Options>> table) {
  constexpr std::size_t width = 25;
  std::string text;
  for (const Flag<Options> &flag : table) {
    std::string left(flag.name);
    if (!flag.alias.empty())
      left += ", " + std::string(flag.alias);
    left += (flag.metavar.starts_with('[') ? "" : " ") + std::string(flag.metavar);
    left.resize(std::max(width, left.size() + 2), ' ');
    text += "  " + left + std::string(flag.help) + "\n";
  }
  return text;
}

} // namespace cria
