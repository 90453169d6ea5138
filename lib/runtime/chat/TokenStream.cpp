//===- TokenStream.cpp - Tokens as a parser takes them --------------------===//
#include "runtime/chat/TokenStream.h"
#include "runtime/Fail.h"

namespace cria::rt::chat {
namespace {

std::string described(const Token &token) {
  switch (token.kind) {
  case Token::Kind::data:
    return "text";
  case Token::Kind::print:
    return "\"{{\"";
  case Token::Kind::printEnd:
    return "\"}}\"";
  case Token::Kind::block:
    return "\"{%\"";
  case Token::Kind::blockEnd:
    return "\"%}\"";
  case Token::Kind::end:
    return "the end of the template";
  case Token::Kind::string:
    return "the string \"" + printable(token.text) + "\"";
  case Token::Kind::name:
  case Token::Kind::integer:
  case Token::Kind::real:
  case Token::Kind::symbol:
    break;
  }
  return "\"" + printable(token.text) + "\"";
}

} // namespace

const Token &TokenStream::take() {
  const Token &token = tokens_[at_];
  at_ = std::min(at_ + 1, tokens_.size() - 1);
  return token;
}

bool TokenStream::skipSymbol(std::string_view symbol) {
  bool here = now().is(symbol);
  if (here)
    take();
  return here;
}

bool TokenStream::skipName(std::string_view word) {
  bool here = now().isName(word);
  if (here)
    take();
  return here;
}

void TokenStream::expectSymbol(std::string_view symbol) {
  if (!skipSymbol(symbol))
    unexpected("\"" + std::string(symbol) + "\"");
}

void TokenStream::expectName(std::string_view word) {
  if (!skipName(word))
    unexpected("\"" + std::string(word) + "\"");
}

void TokenStream::expect(Token::Kind kind) {
  if (now().kind != kind)
    unexpected(described({kind, 0, ""}));
  take();
}

std::string TokenStream::expectName() {
  if (now().kind != Token::Kind::name)
    unexpected("a name");
  return take().text;
}

void TokenStream::unexpected(std::string_view wanted) const {
  fail("unexpected " + described(now()) +
       (wanted.empty() ? "" : ", expected " + std::string(wanted)));
}

} // namespace cria::rt::chat
