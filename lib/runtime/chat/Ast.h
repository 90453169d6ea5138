//===- Ast.h - The syntax tree of a template --------------------*- C++ -*-===//
#pragma once
#include "runtime/chat/Value.h"

namespace cria::rt::chat {

struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;

struct Expression {
  enum class Kind {
    constant,    ///< value
    name,        ///< word
    list,        ///< operands
    tuple,       ///< operands
    dict,        ///< operands: key, value, key, value…
    attribute,   ///< operands[0].word
    item,        ///< operands[0][operands[1]]
    slice,       ///< operands[0][operands[1]:operands[2]:operands[3]], each may be null
    call,        ///< operands[0](operands[1…], named)
    filter,      ///< operands[0] | word(operands[1…], named); no operands[0] in a filter block
    test,        ///< operands[0] is word(operands[1…], named)
    unary,       ///< word operands[0]: -, +, not
    logical,     ///< operands[0] word operands[1]: and, or
    arithmetic,  ///< operands[0] word operands[1]
    concat,      ///< operands[0] ~ operands[1]…
    comparison,  ///< operands[0] words[0] operands[1] words[1] operands[2]…
    conditional, ///< operands[1] if operands[0] else operands[2], which may be null
    target       ///< word.words[0], a namespace's attribute that is assigned to
  };
  Kind kind;
  int line;
  std::string word;
  Value value;
  std::vector<ExpressionPtr> operands;
  std::vector<std::pair<std::string, ExpressionPtr>> named;
  std::vector<std::string> words;
  const Builtin *builtin = nullptr; ///< of a filter or a test
  int depth = 1;                    ///< levels of expressions
};

struct Statement;
using Body = std::vector<std::unique_ptr<Statement>>;

/// A macro, or the body of a call block.
struct MacroNode {
  std::string name;
  std::vector<std::string> parameters;
  std::vector<ExpressionPtr> defaults; ///< of the last parameters
  bool usesCaller = false, usesVarargs = false, usesKwargs = false;
  Body body;
};

struct Statement {
  enum class Kind {
    text,        ///< text
    print,       ///< expression
    set,         ///< target = expression
    setBlock,    ///< target = body | expression, which may be null
    forLoop,     ///< for target in expression if condition: body, else otherwise
    branch,      ///< if expression: body, else otherwise
    macro,       ///< macro
    callBlock,   ///< expression, a call, with macro as `caller`
    filterBlock, ///< body | expression
    with,        ///< bindings: body
    scope,       ///< body, whose assignments stay inside
    leave,       ///< break
    next         ///< continue
  };
  Kind kind;
  int line;
  Text text;
  ExpressionPtr target, expression, condition;
  std::vector<std::pair<ExpressionPtr, ExpressionPtr>> bindings;
  MacroNode macro;
  Body body, otherwise;
};

} // namespace cria::rt::chat
