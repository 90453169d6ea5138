//===- ExpressionParser.h - Expressions of templates ------------*- C++ -*-===//
#pragma once
#include "runtime/chat/Ast.h"
#include "runtime/chat/TokenStream.h"

namespace cria::rt::chat {

/// Parses expressions by precedence. Everything throws SyntaxError.
class ExpressionParser {
public:
  explicit ExpressionParser(TokenStream &stream) : stream_(stream) {}

  using Kind = Expression::Kind;

  ExpressionPtr parse();
  /// Without a conditional expression on the outside: in `for x in y if z` the `if` is the loop's.
  ExpressionPtr parseWithoutCondition();
  /// The same, or several with commas: a tuple.
  ExpressionPtr parseTuple(bool withCondition = true);
  /// Names that are assigned to: NAME, NAME.ATTRIBUTE if `attributes`, or several with commas.
  ExpressionPtr parseTarget(bool attributes);
  /// NAME(ARGUMENTS)|NAME(ARGUMENTS)… after a first bar; `input` may be null.
  ExpressionPtr parseFilters(ExpressionPtr input);

  /// The macro whose body is parsed: told about the special names that it uses. May be null.
  MacroNode *macro = nullptr;
  int level = 0;

private:
  ExpressionPtr parseBinary(int least);
  ExpressionPtr parseOperator(ExpressionPtr left, int precedence);
  ExpressionPtr parseComparison(ExpressionPtr left);
  ExpressionPtr parseNot();
  ExpressionPtr parseUnary(bool filters = true);
  ExpressionPtr parsePrimary();
  ExpressionPtr parseName();
  ExpressionPtr parseList();
  ExpressionPtr parseDict();
  ExpressionPtr parsePostfix(ExpressionPtr operand);
  ExpressionPtr parseAttribute(ExpressionPtr operand);
  ExpressionPtr parseSubscript(ExpressionPtr operand);
  ExpressionPtr parseCall(ExpressionPtr operand);
  ExpressionPtr parseFilter(ExpressionPtr operand);
  ExpressionPtr parseTest(ExpressionPtr operand);
  void parseArguments(Expression &call);
  ExpressionPtr parseTargetName(bool attributes);

  ExpressionPtr make(Kind kind, int line, std::string word = "") const;
  void add(Expression &parent, ExpressionPtr child) const;
  bool atTupleEnd() const;

  TokenStream &stream_;
};

} // namespace cria::rt::chat
