//===- Parser.cpp - Statements of templates -------------------------------===//
#include "runtime/chat/Parser.h"
#include "runtime/Fail.h"
#include "runtime/chat/ExpressionParser.h"
#include <algorithm>
#include <utility>

namespace cria::rt::chat {
namespace {

class Parser {
public:
  explicit Parser(std::string_view source) : stream_(tokenize(source)), expressions_(stream_) {}

  Body run() { return parseBody({}); }

private:
  using Kind = Statement::Kind;
  using Words = std::initializer_list<std::string_view>;

  std::unique_ptr<Statement> make(Kind kind, int line) const {
    auto out = std::make_unique<Statement>();
    out->kind = kind;
    out->line = line;
    return out;
  }

  /// Statements up to a block that begins with one of `ends`, which stays.
  Body parseBody(Words ends) {
    Nesting nesting(expressions_.level, stream_);
    Body body;
    int open = stream_.now().line;
    for (;;) {
      const Token &token = stream_.now();
      switch (token.kind) {
      case Token::Kind::data:
        body.push_back(make(Kind::text, token.line));
        body.back()->text = Text(stream_.take().text);
        break;
      case Token::Kind::print:
        body.push_back(make(Kind::print, stream_.take().line));
        body.back()->expression = expressions_.parseTuple();
        stream_.expect(Token::Kind::printEnd);
        break;
      case Token::Kind::block:
        stream_.take();
        if (std::find(ends.begin(), ends.end(), stream_.now().text) != ends.end() &&
            stream_.now().kind == Token::Kind::name)
          return body;
        body.push_back(parseStatement());
        stream_.expect(Token::Kind::blockEnd);
        break;
      default:
        if (ends.size() != 0)
          throw SyntaxError(open, "a block has no \"" + std::string(*(ends.end() - 1)) + "\"");
        return body;
      }
    }
  }

  /// The end of a tag that a body follows, with the colon that Python's users may write.
  void endTag() {
    stream_.skipSymbol(":");
    stream_.expect(Token::Kind::blockEnd);
  }

  /// A body after the end of its block's tag; the block that ends it is taken.
  Body parseInner(std::string_view end) {
    endTag();
    Body body = parseBody({end});
    stream_.take();
    return body;
  }

  std::unique_ptr<Statement> parseStatement() {
    int line = stream_.now().line;
    std::string word = stream_.expectName();
    if (word == "set")
      return parseSet(line);
    if (word == "if")
      return parseIf(line);
    if (word == "for")
      return parseFor(line);
    if (word == "macro")
      return parseMacro(line);
    if (word == "call")
      return parseCall(line);
    if (word == "filter")
      return parseFilterBlock(line);
    if (word == "with")
      return parseWith(line);
    if (word == "print")
      return parsePrint(line);
    if (word == "generation")
      return parseGeneration(line);
    if (word == "break" || word == "continue")
      return parseLeave(word, line);
    throw SyntaxError(line, "{% " + printable(word) + " %} is not supported");
  }

  std::unique_ptr<Statement> parseSet(int line) {
    auto out = make(Kind::set, line);
    out->target = expressions_.parseTarget(/*attributes=*/true);
    if (stream_.skipSymbol("=")) {
      out->expression = expressions_.parseTuple();
      return out;
    }
    out->kind = Kind::setBlock;
    if (stream_.skipSymbol("|"))
      out->expression = expressions_.parseFilters(nullptr);
    out->body = parseInner("endset");
    return out;
  }

  std::unique_ptr<Statement> parseIf(int line) {
    Nesting nesting(expressions_.level, stream_); // an elif is an if in the else
    auto out = make(Kind::branch, line);
    out->expression = expressions_.parseTuple(/*withCondition=*/false);
    endTag();
    out->body = parseBody({"elif", "else", "endif"});
    int next = stream_.now().line;
    std::string word = stream_.take().text;
    if (word == "elif")
      out->otherwise.push_back(parseIf(next));
    else if (word == "else")
      out->otherwise = parseInner("endif");
    return out;
  }

  std::unique_ptr<Statement> parseFor(int line) {
    auto out = make(Kind::forLoop, line);
    out->target = expressions_.parseTarget(/*attributes=*/false);
    stream_.expectName("in");
    out->expression = expressions_.parseTuple(/*withCondition=*/false);
    if (stream_.skipName("if"))
      out->condition = expressions_.parse();
    if (stream_.now().isName("recursive"))
      stream_.fail("a recursive loop is not supported");
    endTag();
    ++loops_;
    out->body = parseBody({"else", "endfor"});
    --loops_;
    if (stream_.take().text == "else")
      out->otherwise = parseInner("endfor");
    return out;
  }

  void parseSignature(MacroNode &macro) {
    stream_.expectSymbol("(");
    while (!stream_.skipSymbol(")")) {
      if (!macro.parameters.empty())
        stream_.expectSymbol(",");
      std::string name = stream_.expectName();
      if (std::find(macro.parameters.begin(), macro.parameters.end(), name) !=
          macro.parameters.end())
        stream_.fail("parameter \"" + printable(name) + "\" is named twice");
      macro.parameters.push_back(name);
      if (stream_.skipSymbol("="))
        macro.defaults.push_back(expressions_.parse());
      else if (!macro.defaults.empty())
        stream_.fail("a parameter without a default follows one with a default");
    }
  }

  void parseMacroBody(MacroNode &macro, std::string_view end) {
    MacroNode *outer = std::exchange(expressions_.macro, &macro);
    int loops = std::exchange(loops_, 0);
    macro.body = parseInner(end);
    loops_ = loops;
    expressions_.macro = outer;
    if (outer) { // what an inner one uses comes from the outer one
      outer->usesCaller |= macro.usesCaller;
      outer->usesVarargs |= macro.usesVarargs;
      outer->usesKwargs |= macro.usesKwargs;
    }
  }

  std::unique_ptr<Statement> parseMacro(int line) {
    auto out = make(Kind::macro, line);
    out->macro.name = stream_.expectName();
    parseSignature(out->macro);
    parseMacroBody(out->macro, "endmacro");
    return out;
  }

  std::unique_ptr<Statement> parseCall(int line) {
    auto out = make(Kind::callBlock, line);
    out->macro.name = "caller";
    if (stream_.now().is("("))
      parseSignature(out->macro);
    out->expression = expressions_.parse();
    if (out->expression->kind != Expression::Kind::call)
      throw SyntaxError(line, "{% call %} needs a call");
    parseMacroBody(out->macro, "endcall");
    return out;
  }

  std::unique_ptr<Statement> parseFilterBlock(int line) {
    auto out = make(Kind::filterBlock, line);
    out->expression = expressions_.parseFilters(nullptr);
    out->body = parseInner("endfilter");
    return out;
  }

  std::unique_ptr<Statement> parseWith(int line) {
    auto out = make(Kind::with, line);
    while (stream_.now().kind != Token::Kind::blockEnd) {
      if (!out->bindings.empty())
        stream_.expectSymbol(",");
      ExpressionPtr target = expressions_.parseTarget(/*attributes=*/false);
      if (target->kind == Expression::Kind::tuple)
        stream_.fail("{% with %} takes one name per value");
      stream_.expectSymbol("=");
      out->bindings.emplace_back(std::move(target), expressions_.parse());
    }
    out->body = parseInner("endwith");
    return out;
  }

  std::unique_ptr<Statement> parsePrint(int line) {
    auto out = make(Kind::scope, line);
    while (stream_.now().kind != Token::Kind::blockEnd) {
      if (!out->body.empty())
        stream_.expectSymbol(",");
      out->body.push_back(make(Kind::print, line));
      out->body.back()->expression = expressions_.parse();
    }
    return out;
  }

  /// transformers' mark on what the assistant said: it changes nothing here but the scope.
  std::unique_ptr<Statement> parseGeneration(int line) {
    auto out = make(Kind::scope, line);
    int loops = std::exchange(loops_, 0);
    out->body = parseInner("endgeneration");
    loops_ = loops;
    return out;
  }

  std::unique_ptr<Statement> parseLeave(const std::string &word, int line) const {
    if (loops_ == 0)
      throw SyntaxError(line, "{% " + word + " %} is outside a loop");
    return make(word == "break" ? Kind::leave : Kind::next, line);
  }

  TokenStream stream_;
  ExpressionParser expressions_;
  int loops_ = 0; ///< around the statement that is parsed
};

} // namespace

Body parseTemplate(std::string_view source) { return Parser(source).run(); }

} // namespace cria::rt::chat
