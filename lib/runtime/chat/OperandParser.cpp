//===- OperandParser.cpp - Values of templates and what follows them ------===//
#include "runtime/Fail.h"
#include "runtime/chat/Builtin.h"
#include "runtime/chat/ExpressionParser.h"
#include <algorithm>

namespace cria::rt::chat {
namespace {

/// Words that have a meaning of their own in an expression.
bool isKeyword(const std::string &word) {
  constexpr std::string_view words[] = {"and", "or", "not", "in", "is", "if", "else", "elif"};
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

void checkCall(const Builtin &builtin, const Expression &call) {
  std::vector<std::string_view> names;
  for (const auto &[name, _] : call.named)
    names.emplace_back(name);
  std::string wrong = wrongCall(builtin, call.operands.size() - 1, names);
  if (!wrong.empty())
    throw SyntaxError(call.line, wrong);
}

bool isMethod(const std::string &name) {
  return findTextMethod(name) || findSequenceMethod(name) || findDictMethod(name) ||
         findLoopMethod(name) || isMutator(name);
}

} // namespace

ExpressionPtr ExpressionParser::parseUnary(bool filters) {
  Nesting nesting(level, stream_);
  ExpressionPtr operand;
  if (stream_.now().is("-") || stream_.now().is("+")) {
    const Token &sign = stream_.take();
    operand = make(Kind::unary, sign.line, sign.text);
    add(*operand, parseUnary(false));
  } else {
    operand = parsePrimary();
  }
  operand = parsePostfix(std::move(operand));
  while (filters) {
    if (stream_.skipSymbol("|"))
      operand = parseFilter(std::move(operand));
    else if (stream_.now().isName("is"))
      operand = parseTest(std::move(operand));
    else if (stream_.now().is("("))
      operand = parseCall(std::move(operand));
    else
      break;
  }
  return operand;
}

ExpressionPtr ExpressionParser::parsePrimary() {
  const Token &token = stream_.now();
  ExpressionPtr out = make(Kind::constant, token.line);
  switch (token.kind) {
  case Token::Kind::name:
    return parseName();
  case Token::Kind::string: {
    std::string text;
    while (stream_.now().kind == Token::Kind::string)
      text += stream_.take().text;
    out->value = Value::text(text);
    return out;
  }
  case Token::Kind::integer:
    out->value = Value(stream_.take().integer);
    return out;
  case Token::Kind::real:
    out->value = Value(stream_.take().real);
    return out;
  default:
    break;
  }
  if (token.is("["))
    return parseList();
  if (token.is("{"))
    return parseDict();
  if (!stream_.skipSymbol("("))
    stream_.unexpected("a value");
  if (stream_.skipSymbol(")"))
    return make(Kind::tuple, out->line);
  out = parseTuple();
  stream_.expectSymbol(")");
  return out;
}

ExpressionPtr ExpressionParser::parseName() {
  const Token &token = stream_.now();
  if (isKeyword(token.text))
    stream_.unexpected("a value");
  const std::string &word = stream_.take().text;
  ExpressionPtr out = make(Kind::constant, token.line);
  if (word == "true" || word == "True" || word == "false" || word == "False") {
    out->value = Value(word == "true" || word == "True");
    return out;
  }
  if (word == "none" || word == "None")
    return out;
  if (word == "lipsum" || word == "cycler" || word == "joiner" || word == "self")
    throw SyntaxError(token.line, "\"" + word + "\" is not supported");
  if (macro) {
    macro->usesCaller |= word == "caller";
    macro->usesVarargs |= word == "varargs";
    macro->usesKwargs |= word == "kwargs";
  }
  return make(Kind::name, token.line, word);
}

ExpressionPtr ExpressionParser::parseList() {
  ExpressionPtr out = make(Kind::list, stream_.take().line);
  while (!stream_.skipSymbol("]")) {
    if (!out->operands.empty()) {
      stream_.expectSymbol(",");
      if (stream_.skipSymbol("]"))
        break;
    }
    add(*out, parse());
  }
  return out;
}

ExpressionPtr ExpressionParser::parseDict() {
  ExpressionPtr out = make(Kind::dict, stream_.take().line);
  while (!stream_.skipSymbol("}")) {
    if (!out->operands.empty()) {
      stream_.expectSymbol(",");
      if (stream_.skipSymbol("}"))
        break;
    }
    add(*out, parse());
    stream_.expectSymbol(":");
    add(*out, parse());
  }
  return out;
}

ExpressionPtr ExpressionParser::parsePostfix(ExpressionPtr operand) {
  for (;;) {
    if (stream_.now().is("."))
      operand = parseAttribute(std::move(operand));
    else if (stream_.now().is("["))
      operand = parseSubscript(std::move(operand));
    else if (stream_.now().is("("))
      operand = parseCall(std::move(operand));
    else
      return operand;
  }
}

ExpressionPtr ExpressionParser::parseAttribute(ExpressionPtr operand) {
  int line = stream_.take().line;
  if (stream_.now().kind == Token::Kind::integer) {
    ExpressionPtr out = make(Kind::item, line), index = make(Kind::constant, line);
    index->value = Value(stream_.take().integer);
    add(*out, std::move(operand));
    add(*out, std::move(index));
    return out;
  }
  ExpressionPtr out = make(Kind::attribute, line, stream_.expectName());
  add(*out, std::move(operand));
  return out;
}

ExpressionPtr ExpressionParser::parseSubscript(ExpressionPtr operand) {
  ExpressionPtr out = make(Kind::item, stream_.take().line);
  add(*out, std::move(operand));
  auto bound = [&]() -> ExpressionPtr {
    return stream_.now().is(":") || stream_.now().is("]") ? nullptr : parse();
  };
  ExpressionPtr first = bound();
  if (!first && !stream_.now().is(":"))
    stream_.unexpected("a value");
  add(*out, std::move(first));
  if (stream_.skipSymbol(":")) {
    out->kind = Kind::slice;
    add(*out, bound());
    add(*out, stream_.skipSymbol(":") ? bound() : nullptr);
  }
  if (stream_.now().is(","))
    stream_.fail("a subscript of several values is not supported");
  stream_.expectSymbol("]");
  return out;
}

void ExpressionParser::parseArguments(Expression &call) {
  stream_.expectSymbol("(");
  bool first = true;
  while (!stream_.skipSymbol(")")) {
    if (!first) {
      stream_.expectSymbol(",");
      if (stream_.skipSymbol(")"))
        return;
    }
    first = false;
    if (stream_.now().is("*") || stream_.now().is("**"))
      stream_.fail("\"" + stream_.now().text + "\" before an argument is not supported");
    if (stream_.now().kind != Token::Kind::name || !stream_.after().is("=")) {
      if (!call.named.empty())
        stream_.fail("an argument without a name follows one with a name");
      add(call, parse());
      continue;
    }
    std::string name = stream_.expectName();
    stream_.expectSymbol("=");
    for (const auto &[other, _] : call.named)
      if (other == name)
        stream_.fail("argument \"" + printable(name) + "\" is given twice");
    ExpressionPtr value = parse();
    call.depth = std::max(call.depth, value->depth + 1);
    call.named.emplace_back(name, std::move(value));
  }
}

ExpressionPtr ExpressionParser::parseCall(ExpressionPtr operand) {
  if (operand->kind == Kind::attribute && !isMethod(operand->word))
    throw SyntaxError(operand->line, "unknown method \"" + printable(operand->word) + "\"");
  ExpressionPtr out = make(Kind::call, stream_.now().line);
  add(*out, std::move(operand));
  parseArguments(*out);
  return out;
}

ExpressionPtr ExpressionParser::parseFilter(ExpressionPtr operand) {
  ExpressionPtr out = make(Kind::filter, stream_.now().line, stream_.expectName());
  out->builtin = findFilter(out->word);
  if (!out->builtin)
    throw SyntaxError(out->line, "unknown filter \"" + printable(out->word) + "\"");
  add(*out, std::move(operand));
  if (stream_.now().is("("))
    parseArguments(*out);
  checkCall(*out->builtin, *out);
  return out;
}

ExpressionPtr ExpressionParser::parseFilters(ExpressionPtr input) {
  do
    input = parseFilter(std::move(input));
  while (stream_.skipSymbol("|"));
  return input;
}

ExpressionPtr ExpressionParser::parseTest(ExpressionPtr operand) {
  int line = stream_.take().line;
  bool negated = stream_.skipName("not");
  ExpressionPtr out = make(Kind::test, line, stream_.expectName());
  out->builtin = findTest(out->word);
  if (!out->builtin)
    throw SyntaxError(line, "unknown test \"" + printable(out->word) + "\"");
  add(*out, std::move(operand));
  const Token &next = stream_.now();
  bool value = next.kind == Token::Kind::string || next.kind == Token::Kind::integer ||
               next.kind == Token::Kind::real || next.is("[") || next.is("{") ||
               (next.kind == Token::Kind::name && !next.isName("else") && !next.isName("or") &&
                !next.isName("and"));
  if (next.is("("))
    parseArguments(*out);
  else if (value)
    add(*out, parsePostfix(parsePrimary()));
  checkCall(*out->builtin, *out);
  if (!negated)
    return out;
  ExpressionPtr outer = make(Kind::unary, line, "not");
  add(*outer, std::move(out));
  return outer;
}

} // namespace cria::rt::chat
