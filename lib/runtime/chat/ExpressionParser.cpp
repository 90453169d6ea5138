//===- ExpressionParser.cpp - Operators of templates ----------------------===//
//
// jinja's precedence, from the loosest: if, or, and, not, comparisons, + -, ~, * / // %, **, unary
// + and - with what follows a value: calls, attributes, filters and tests.
//
//===----------------------------------------------------------------------===//
#include "runtime/chat/ExpressionParser.h"

namespace cria::rt::chat {
namespace {

enum : int {
  orLevel = 1,
  andLevel,
  notLevel,
  comparisonLevel,
  sumLevel,
  concatLevel,
  productLevel,
  powerLevel
};

/// How tightly the operator `token` binds, or 0.
int precedenceOf(const Token &token, const Token &after) {
  if (token.kind == Token::Kind::name) {
    if (token.text == "or")
      return orLevel;
    if (token.text == "and")
      return andLevel;
    bool notIn = token.text == "not" && after.isName("in");
    return token.text == "in" || notIn ? comparisonLevel : 0;
  }
  if (token.kind != Token::Kind::symbol)
    return 0;
  struct Row {
    std::string_view symbols[6];
    int level;
  };
  constexpr Row rows[] = {{{"==", "!=", "<", "<=", ">", ">="}, comparisonLevel},
                          {{"+", "-"}, sumLevel},
                          {{"~"}, concatLevel},
                          {{"*", "/", "//", "%"}, productLevel},
                          {{"**"}, powerLevel}};
  for (const Row &row : rows)
    for (std::string_view symbol : row.symbols)
      if (symbol == token.text)
        return row.level;
  return 0;
}

} // namespace

ExpressionPtr ExpressionParser::make(Kind kind, int line, std::string word) const {
  auto out = std::make_unique<Expression>();
  out->kind = kind;
  out->line = line;
  out->word = std::move(word);
  return out;
}

void ExpressionParser::add(Expression &parent, ExpressionPtr child) const {
  // Chains such as a + b + c… nest without nested calls of this parser.
  if (child)
    parent.depth = std::max(parent.depth, child->depth + 1);
  if (parent.depth > Nesting::most)
    stream_.fail("an expression is too long");
  parent.operands.push_back(std::move(child));
}

ExpressionPtr ExpressionParser::parse() {
  Nesting nesting(level, stream_);
  ExpressionPtr value = parseBinary(orLevel);
  while (stream_.now().isName("if")) {
    ExpressionPtr out = make(Kind::conditional, stream_.take().line);
    add(*out, parseBinary(orLevel));
    add(*out, std::move(value));
    add(*out, stream_.skipName("else") ? parse() : nullptr);
    value = std::move(out);
  }
  return value;
}

ExpressionPtr ExpressionParser::parseWithoutCondition() { return parseBinary(orLevel); }

ExpressionPtr ExpressionParser::parseBinary(int least) {
  Nesting nesting(level, stream_);
  ExpressionPtr left = stream_.now().isName("not") && least <= notLevel ? parseNot() : parseUnary();
  for (;;) {
    int precedence = precedenceOf(stream_.now(), stream_.after());
    if (precedence == 0 || precedence < least)
      return left;
    // A value with `not` before it is no operand of what binds tighter: that was taken already.
    left = precedence == comparisonLevel ? parseComparison(std::move(left))
                                         : parseOperator(std::move(left), precedence);
  }
}

ExpressionPtr ExpressionParser::parseNot() {
  ExpressionPtr out = make(Kind::unary, stream_.take().line, "not");
  add(*out, parseBinary(notLevel));
  return out;
}

ExpressionPtr ExpressionParser::parseOperator(ExpressionPtr left, int precedence) {
  const Token &token = stream_.take();
  Kind kind = precedence <= andLevel      ? Kind::logical
              : precedence == concatLevel ? Kind::concat
                                          : Kind::arithmetic;
  if (kind == Kind::concat && left->kind == Kind::concat && left->word == "~") {
    add(*left, parseBinary(precedence + 1)); // one more of the same chain
    return left;
  }
  ExpressionPtr out = make(kind, token.line, token.text);
  if (token.text == "%" && left->kind == Kind::constant && left->value.asText())
    throw SyntaxError(token.line, "formatting a string with % is not supported");
  add(*out, std::move(left));
  add(*out, parseBinary(precedence + 1));
  return out;
}

ExpressionPtr ExpressionParser::parseComparison(ExpressionPtr left) {
  ExpressionPtr out = make(Kind::comparison, stream_.now().line);
  add(*out, std::move(left));
  while (precedenceOf(stream_.now(), stream_.after()) == comparisonLevel) {
    std::string word = stream_.take().text;
    if (word == "not")
      word += " " + stream_.take().text;
    out->words.push_back(word);
    add(*out, parseBinary(comparisonLevel + 1));
  }
  return out;
}

bool ExpressionParser::atTupleEnd() const {
  const Token &token = stream_.now();
  return token.kind == Token::Kind::printEnd || token.kind == Token::Kind::blockEnd ||
         token.is(")") || token.isName("recursive");
}

ExpressionPtr ExpressionParser::parseTuple(bool withCondition) {
  auto one = [&] { return withCondition ? parse() : parseWithoutCondition(); };
  int line = stream_.now().line;
  ExpressionPtr first = one();
  if (!stream_.now().is(","))
    return first;
  ExpressionPtr out = make(Kind::tuple, line);
  add(*out, std::move(first));
  while (stream_.skipSymbol(",") && !atTupleEnd())
    add(*out, one());
  return out;
}

ExpressionPtr ExpressionParser::parseTargetName(bool attributes) {
  int line = stream_.now().line;
  std::string name = stream_.expectName();
  for (std::string_view reserved : {"true", "false", "none", "True", "False", "None"})
    if (name == reserved)
      throw SyntaxError(line, "\"" + name + "\" cannot be assigned to");
  ExpressionPtr out = make(Kind::name, line, name);
  if (attributes && stream_.skipSymbol(".")) {
    out->kind = Kind::target;
    out->words.push_back(stream_.expectName());
  }
  return out;
}

ExpressionPtr ExpressionParser::parseTarget(bool attributes) {
  int line = stream_.now().line;
  if (stream_.skipSymbol("(")) {
    ExpressionPtr inner = parseTarget(false);
    stream_.expectSymbol(")");
    return inner;
  }
  ExpressionPtr first = parseTargetName(attributes);
  if (!stream_.now().is(","))
    return first;
  ExpressionPtr out = make(Kind::tuple, line);
  add(*out, std::move(first));
  while (stream_.skipSymbol(",") && stream_.now().kind == Token::Kind::name &&
         !stream_.now().isName("in"))
    add(*out, parseTargetName(attributes));
  return out;
}

} // namespace cria::rt::chat
