//===- TokenStream.h - Tokens as a parser takes them ------------*- C++ -*-===//
#pragma once
#include "runtime/chat/Token.h"
#include <initializer_list>

namespace cria::rt::chat {

/// The tokens of a template with a place in them. The parsers of statements and of expressions
/// share one.
class TokenStream {
public:
  explicit TokenStream(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  const Token &now() const { return tokens_[at_]; }
  const Token &after() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
  /// Goes on by one and returns what was there; the end stays.
  const Token &take();
  bool skipSymbol(std::string_view symbol);
  bool skipName(std::string_view word);
  /// Take what must be there, or throw a SyntaxError.
  void expectSymbol(std::string_view symbol);
  void expectName(std::string_view word);
  void expect(Token::Kind kind);
  std::string expectName();

  [[noreturn]] void fail(const std::string &reason) const { throw SyntaxError(now().line, reason); }
  /// Says what is here and, if `wanted` is not empty, what should be.
  [[noreturn]] void unexpected(std::string_view wanted = "") const;

private:
  std::vector<Token> tokens_;
  size_t at_ = 0;
};

/// How deep a template's expressions and statements nest: entered on construction.
class Nesting {
public:
  Nesting(int &level, const TokenStream &stream) : level_(level) {
    if (++level_ > most)
      stream.fail("the template is nested too deeply");
  }
  Nesting(const Nesting &) = delete;
  ~Nesting() { --level_; }

  static constexpr int most = 150;

private:
  int &level_;
};

} // namespace cria::rt::chat
