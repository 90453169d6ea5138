//===- Flags.h - Command-line flags as a table ------------------*- C++ -*-===//
//
// A tool lists its flags once; parsing, the messages for bad values and --help are made
// from the list. Values are given as --flag=value or --flag value.
//
//===----------------------------------------------------------------------===//
#pragma once
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cria {

/// A command line that makes no sense: exit code 2. what() is one line.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Flag {
  std::string name;    ///< with its dashes: "--max-seq", "-o"
  std::string operand; ///< what --help calls the value; empty for a switch
  std::string help;    ///< one line
  /// Takes the value (empty for a switch); throws UsageError if it is not valid.
  std::function<void(std::string_view)> set;
};

class Flags {
public:
  Flags(std::vector<Flag> flags) : flags(std::move(flags)) {}

  /// Calls `set` for each flag in order and returns the other arguments. "--" ends the
  /// flags; "-" is not a flag. Throws UsageError.
  std::vector<std::string> parse(int argc, const char *const *argv) const;
  /// One line a flag, aligned.
  std::string help() const;

private:
  const Flag &find(const std::string &name) const;
  std::vector<Flag> flags;
};

/// A setter that stores a whole number in [least, most].
std::function<void(std::string_view)> setInteger(std::string flag, std::int64_t &value,
                                                 std::int64_t least, std::int64_t most);
/// A setter that stores the text.
std::function<void(std::string_view)> setText(std::string &value);
/// A setter for a switch.
std::function<void(std::string_view)> setTrue(bool &value);

/// The word of `words` nearest to `word`, as ", did you mean X?", or nothing.
std::string suggest(std::string_view word, const std::vector<std::string> &words);

} // namespace cria
