//===- PreSplit.h - Text to words, by a regular expression ------*- C++ -*-===//
#pragma once
#include <memory>
#include <string_view>
#include <vector>

struct pcre2_real_code_8;

namespace cria::rt {

/// Splits text into what a PCRE2 pattern matches and what lies between the matches.
class PreSplit {
public:
  /// An empty `pattern` splits nothing. Throws cria::Error if it is not valid or
  /// matches the empty text.
  explicit PreSplit(std::string_view pattern);

  /// The words of `text`, which is UTF-8; none is empty, and together they are `text`.
  /// Throws cria::Error if matching takes more steps or memory than a useful pattern does.
  std::vector<std::string_view> split(std::string_view text) const;

private:
  struct Free {
    void operator()(pcre2_real_code_8 *code) const;
  };
  std::unique_ptr<pcre2_real_code_8, Free> code_;
};

} // namespace cria::rt
