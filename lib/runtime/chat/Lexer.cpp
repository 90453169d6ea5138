//===- Lexer.cpp - A template to tokens -----------------------------------===//
//
// Follows jinja2's lexer with trim_blocks and lstrip_blocks.
//
//===----------------------------------------------------------------------===//
#include "runtime/chat/Literals.h"
#include "runtime/chat/Text.h"
#include <algorithm>

namespace cria::rt::chat {
namespace {

/// One newline at the end is dropped, and all newlines are "\n".
std::string normalized(std::string_view source) {
  std::string out;
  for (size_t i = 0; i < source.size(); ++i) {
    bool pair = source[i] == '\r' && i + 1 < source.size() && source[i + 1] == '\n';
    if (!pair)
      out += source[i] == '\r' ? '\n' : source[i];
  }
  if (out.ends_with('\n'))
    out.pop_back();
  return out;
}

class Lexer {
public:
  explicit Lexer(std::string_view source) : source_(normalized(source)) {}

  std::vector<Token> run() {
    while (!rest().empty())
      readData();
    add(Token::Kind::end, "");
    return std::move(tokens_);
  }

private:
  std::string_view rest() const { return std::string_view(source_).substr(at_); }
  bool have(std::string_view text) const { return rest().starts_with(text); }

  void add(Token::Kind kind, std::string text) { tokens_.push_back({kind, line_, text}); }

  void advance(size_t count) {
    auto begin = source_.begin() + static_cast<std::ptrdiff_t>(at_);
    line_ += static_cast<int>(std::count(begin, begin + static_cast<std::ptrdiff_t>(count), '\n'));
    at_ += count;
    if (count)
      lineStarts_ = source_[at_ - 1] == '\n';
  }

  /// Bytes of white space at the start of `text`.
  static size_t spaces(std::string_view text) {
    size_t count = 0;
    while (count < text.size()) {
      size_t end = count + 1;
      while (end < text.size() && (text[end] & 0xc0) == 0x80)
        ++end;
      if (!isSpace(text.substr(count, end - count)))
        break;
      count = end;
    }
    return count;
  }

  static std::string_view withoutSpaceAtEnd(std::string_view text) {
    while (!text.empty()) {
      size_t begin = text.size() - 1;
      while (begin > 0 && (text[begin] & 0xc0) == 0x80)
        --begin;
      if (!isSpace(text.substr(begin)))
        break;
      text = text.substr(0, begin);
    }
    return text;
  }

  /// Where the next tag begins, or npos.
  size_t nextTag() const {
    size_t at = rest().find('{');
    while (at != std::string_view::npos &&
           (at + 1 == rest().size() ||
            std::string_view("%{#").find(rest()[at + 1]) == std::string_view::npos))
      at = rest().find('{', at + 1);
    return at;
  }

  /// Text up to the next tag, and the tag.
  void readData() {
    size_t tag = nextTag();
    if (tag == std::string_view::npos) {
      addData(rest());
      return advance(rest().size());
    }
    std::string_view before = rest().substr(0, tag), from = rest().substr(tag);
    char sign = from.size() > 2 && (from[2] == '-' || from[2] == '+') ? from[2] : ' ';
    bool print = from[1] == '{';
    addData(stripped(before, sign, print));
    advance(tag);
    size_t raw = rawBegin();
    advance(raw ? raw : sign == ' ' ? 2 : 3);
    if (raw)
      readRaw();
    else if (from[1] == '#')
      readComment();
    else
      readTag(print);
  }

  void addData(std::string_view text) {
    if (!text.empty())
      add(Token::Kind::data, std::string(text));
  }

  /// `text` without what the tag after it takes away.
  std::string_view stripped(std::string_view text, char sign, bool print) const {
    if (sign == '-')
      return withoutSpaceAtEnd(text);
    size_t newline = text.rfind('\n');
    bool ownLine = newline != text.npos || lineStarts_;
    size_t start = newline == text.npos ? 0 : newline + 1;
    if (sign == ' ' && !print && ownLine && withoutSpaceAtEnd(text.substr(start)).empty())
      return text.substr(0, start);
    return text;
  }

  /// The length of "{% NAME %}" here, or 0; the signs take white space or not, as `endOf` says.
  size_t wordTag(std::string_view text, std::string_view name, bool trimNewline) const {
    size_t i = 2 + (text.size() > 2 && (text[2] == '-' || text[2] == '+'));
    i += spaces(text.substr(std::min(i, text.size())));
    if (text.substr(std::min(i, text.size())).substr(0, name.size()) != name)
      return 0;
    i += name.size();
    i += spaces(text.substr(i));
    size_t end = endOf(text.substr(i), "%}", trimNewline);
    return end ? i + end : 0;
  }
  size_t rawBegin() const { return have("{%") ? wordTag(rest(), "raw", false) : 0; }

  /// The length of the end `mark` of a tag at the start of `text`, with its sign and what it trims,
  /// or 0.
  static size_t endOf(std::string_view text, std::string_view mark, bool trimNewline) {
    if (text.starts_with('-') && text.substr(1).starts_with(mark))
      return 1 + mark.size() + spaces(text.substr(1 + mark.size()));
    if (trimNewline && text.starts_with('+') && text.substr(1).starts_with(mark))
      return 1 + mark.size();
    if (!text.starts_with(mark))
      return 0;
    return mark.size() + (trimNewline && text.substr(mark.size()).starts_with('\n'));
  }

  void readRaw() {
    int line = line_;
    for (size_t at = rest().find("{%"); at != std::string_view::npos;
         at = rest().find("{%", at + 1)) {
      std::string_view from = rest().substr(at);
      size_t length = wordTag(from, "endraw", true);
      if (!length)
        continue;
      char sign = from[2] == '-' || from[2] == '+' ? from[2] : ' ';
      addData(stripped(rest().substr(0, at), sign, false));
      return advance(at + length);
    }
    throw SyntaxError(line, "{% raw %} has no {% endraw %}");
  }

  void readComment() {
    size_t end = rest().find("#}");
    if (end == std::string_view::npos)
      throw SyntaxError(line_, "a comment has no end");
    if (end > 0 && (rest()[end - 1] == '-' || rest()[end - 1] == '+'))
      --end;
    advance(end);
    advance(endOf(rest(), "#}", true));
  }

  void readTag(bool print) {
    add(print ? Token::Kind::print : Token::Kind::block, "");
    int line = line_;
    std::vector<char> open;
    for (;;) {
      if (rest().empty())
        throw SyntaxError(line, print ? "{{ has no }}" : "{% has no %}");
      if (size_t end = endOf(rest(), print ? "}}" : "%}", !print); end && open.empty()) {
        add(print ? Token::Kind::printEnd : Token::Kind::blockEnd, "");
        return advance(end);
      }
      if (size_t space = spaces(rest()))
        advance(space);
      else
        readToken(open);
    }
  }

  void readToken(std::vector<char> &open) {
    bool afterDot = at_ > 0 && source_[at_ - 1] == '.';
    Token token{Token::Kind::symbol, line_, ""};
    if (size_t length = readLiteral(rest(), afterDot, token)) {
      tokens_.push_back(token);
      return advance(length);
    }
    token.text = symbol();
    if (token.text.empty())
      throw SyntaxError(
          line_, "unexpected character \"" +
                     source_.substr(at_, Text(std::string(rest().substr(0, 4))).characterEnd(0)) +
                     "\"");
    balance(token.text, open);
    tokens_.push_back(token);
    advance(token.text.size());
  }

  std::string symbol() const {
    for (std::string_view two : {"//", "**", "==", "!=", ">=", "<="})
      if (have(two))
        return std::string(two);
    constexpr std::string_view ones = "+-/*%~[](){}><=.:|,;";
    return ones.find(rest()[0]) == ones.npos ? "" : std::string(1, rest()[0]);
  }

  void balance(const std::string &text, std::vector<char> &open) const {
    constexpr std::string_view opening = "([{", closing = ")]}";
    if (size_t kind = opening.find(text); kind != opening.npos) {
      open.push_back(closing[kind]);
    } else if (closing.find(text) != closing.npos) {
      if (open.empty() || open.back() != text[0])
        throw SyntaxError(line_, "unexpected \"" + text + "\"");
      open.pop_back();
    }
  }

  std::string source_;
  size_t at_ = 0;
  int line_ = 1;
  bool lineStarts_ = true; ///< what precedes ends with a newline
  std::vector<Token> tokens_;
};

} // namespace

std::vector<Token> tokenize(std::string_view source) { return Lexer(source).run(); }

} // namespace cria::rt::chat
