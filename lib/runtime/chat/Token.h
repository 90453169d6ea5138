//===- Token.h - The tokens of a template -----------------------*- C++ -*-===//
#pragma once
#include "support/Error.h"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cria::rt::chat {

struct Token {
  enum class Kind {
    data,     ///< text between tags
    print,    ///< {{
    printEnd, ///< }}
    block,    ///< {%
    blockEnd, ///< %}
    name,
    string, ///< text without quotes and escapes
    integer,
    real,
    symbol, ///< an operator or a bracket
    end
  };
  Kind kind;
  int line;
  std::string text; ///< as written, but for strings and data
  std::int64_t integer = 0;
  double real = 0;

  bool is(std::string_view symbolText) const { return kind == Kind::symbol && text == symbolText; }
  bool isName(std::string_view word) const { return kind == Kind::name && text == word; }
};

/// Something in a template that is not understood. what() is "line 3: REASON".
struct SyntaxError : Error {
  SyntaxError(int line, const std::string &reason)
      : Error("line " + std::to_string(line) + ": " + reason) {}
};

/// The tokens of `source`, UTF-8, ended by one of kind end. Blocks are trimmed as chat templates
/// have it: the newline after a block and the white space before it on its line are dropped.
/// Throws SyntaxError.
std::vector<Token> tokenize(std::string_view source);

} // namespace cria::rt::chat
