//===- PatternParser.cpp - Oniguruma's syntax -----------------------------===//
#include "import/tokenizer/ClassParser.h"
#include "import/tokenizer/Pattern.h"
#include "runtime/Utf8.h"
#include "support/Error.h"
#include <tuple>

namespace cria::import {

using rt::tokenizer_format::Assertion;
using rt::tokenizer_format::none;

namespace {

constexpr int maxDepth = 50;
constexpr uint32_t maxRepeat = 1000;

/// What (?i) and (?m) set.
struct Options {
  bool ignoreCase = false, dotMatchesAll = false;
};

Pattern setOf(CharSet characters) {
  return {.kind = Pattern::set, .characters = std::move(characters)};
}

class Parser {
public:
  explicit Parser(std::string_view pattern) : text_(pattern) {}

  Pattern run() {
    Pattern all = choice({}, 0);
    if (!text_.atEnd())
      text_.refuse(1); // a ) without its (
    return all;
  }

private:
  /// Alternatives up to the end or a ).
  Pattern choice(Options options, int depth) {
    if (depth > maxDepth)
      throw Error("groups are nested deeper than " + std::to_string(maxDepth));
    if (text_.take("(?i)"))
      options.ignoreCase = true;
    Pattern all{.kind = Pattern::choice};
    do
      all.parts.push_back(sequence(options, depth));
    while (text_.take("|"));
    return all.parts.size() == 1 ? std::move(all.parts[0]) : all;
  }

  Pattern sequence(Options options, int depth) {
    Pattern all;
    char before = 0; // a letter that stood alone, if case is ignored
    while (!text_.atEnd() && !text_.at("|") && !text_.at(")")) {
      char letter = options.ignoreCase ? text_.letter() : '\0';
      if (before && letter)
        refuseFolding(before, letter);
      Pattern part = quantified(element(options, depth));
      before = letter && part.kind == Pattern::set ? letter : '\0';
      all.parts.push_back(std::move(part));
    }
    return all.parts.size() == 1 ? std::move(all.parts[0]) : all;
  }

  /// Without regard to case, Oniguruma takes some pairs of letters for one character, too.
  void refuseFolding(char first, char second) const {
    std::string pair{first, second};
    for (const char *known : {"ss", "st", "ff", "fi", "fl"})
      if (pair == known)
        throw Error("\"" + pair + "\" is not supported in a pattern that ignores case");
  }

  Pattern element(Options options, int depth) {
    if (text_.at("("))
      return group(options, depth);
    if (text_.at("["))
      return setOf(parseClass(text_, options.ignoreCase));
    if (text_.take("."))
      return setOf(options.dotMatchesAll ? ~CharSet() : ~CharSet('\n', '\n'));
    if (text_.take("^"))
      return assertion(Assertion::lineStart);
    if (text_.take("$"))
      return assertion(Assertion::lineEnd);
    constexpr std::pair<const char *, Assertion> anchors[] = {{"\\b", Assertion::wordBoundary},
                                                              {"\\B", Assertion::notWordBoundary},
                                                              {"\\A", Assertion::textStart},
                                                              {"\\z", Assertion::textEnd},
                                                              {"\\Z", Assertion::textEndOrNewline}};
    for (auto [spelling, where] : anchors)
      if (text_.take(spelling))
        return assertion(where);
    if (text_.at("*") || text_.at("+") || text_.at("?") || text_.at("{"))
      text_.refuse(1); // nothing to repeat, or a { that opens no interval
    return setOf(parseCharacter(text_, options.ignoreCase));
  }

  static Pattern assertion(Assertion where) { return {.kind = Pattern::assertion, .where = where}; }

  Pattern group(Options options, int depth) {
    Pattern outer;
    if (text_.take("(?=") || text_.take("(?!")) {
      outer = {.kind = Pattern::look, .negative = text_.taken() == "(?!"};
    } else if (text_.take("(?<=") || text_.take("(?<!")) {
      outer = {.kind = Pattern::behind, .negative = text_.taken() == "(?<!"};
    } else if (text_.take("(?>")) {
      outer = {.kind = Pattern::atomic};
    } else if (text_.take("(?i:")) {
      options.ignoreCase = true;
    } else if (text_.take("(?m:")) {
      options.dotMatchesAll = true;
    } else if (!text_.take("(?:")) {
      if (text_.at("(?") || text_.at("(*"))
        text_.refuse(4);
      text_.take("(");
    }
    Pattern inner = choice(options, depth + 1);
    if (!text_.take(")"))
      throw Error("a ( without its )");
    if (outer.kind == Pattern::sequence)
      return inner;
    if (outer.kind == Pattern::behind)
      return lookBehind(std::move(inner), outer.negative);
    outer.parts.push_back(std::move(inner));
    return outer;
  }

  /// Each alternative has a length of its own.
  static Pattern lookBehind(Pattern inner, bool negative) {
    std::vector<Pattern> alternatives;
    if (inner.kind == Pattern::choice)
      alternatives = std::move(inner.parts);
    else
      alternatives.push_back(std::move(inner));
    Pattern all{.kind = negative ? Pattern::sequence : Pattern::choice};
    for (Pattern &one : alternatives) {
      if (!lengthOf(one))
        throw Error("look-behind of more than one length is not supported in a pattern");
      all.parts.push_back(
          {.kind = Pattern::behind, .parts = {std::move(one)}, .negative = negative});
    }
    return all;
  }

  /// `part` with what says how often it comes.
  Pattern quantified(Pattern part) {
    uint32_t least = 0, most = none;
    bool interval = text_.at("{");
    if (text_.take("+"))
      least = 1;
    else if (text_.take("?"))
      most = 1;
    else if (interval)
      std::tie(least, most) = readInterval();
    else if (!text_.take("*"))
      return part;
    Pattern all{.kind = Pattern::repeat, .least = least, .most = most};
    all.parts.push_back(std::move(part));
    if (text_.at("?") && interval && least == most)
      text_.refuse(1); // Ruby's {n}? is not lazy
    if (text_.take("?"))
      all.greed = Pattern::lazy;
    else if (!interval && text_.take("+"))
      all.greed = Pattern::possessive;
    else if (interval && text_.take("+")) // Ruby's {n,m}+ is not possessive
      all = repeated(std::move(all), 1);
    if (text_.at("*") || text_.at("+") || text_.at("?"))
      text_.refuse(1);
    return all;
  }

  static Pattern repeated(Pattern inner, uint32_t least) {
    Pattern all{.kind = Pattern::repeat, .least = least, .most = none};
    all.parts.push_back(std::move(inner));
    return all;
  }

  /// {n}, {n,}, {,m} or {n,m}.
  std::pair<uint32_t, uint32_t> readInterval() {
    text_.take("{");
    auto least = readNumber();
    auto most = least;
    if (text_.take(",")) {
      most = readNumber();
      if (!least && !most)
        text_.refuse(1);
    } else if (!least) {
      text_.refuse(1);
    }
    if (!text_.take("}"))
      text_.refuse(1);
    std::pair<uint32_t, uint32_t> interval{least.value_or(0), most.value_or(none)};
    if (interval.first > interval.second)
      throw Error("a {n,m} with n above m is not supported in a pattern");
    return interval;
  }

  std::optional<uint32_t> readNumber() {
    std::optional<uint32_t> number;
    while (text_.digit()) {
      number = number.value_or(0) * 10 + static_cast<uint32_t>(text_.digit() - '0');
      if (*number > maxRepeat)
        throw Error("a repetition of more than " + std::to_string(maxRepeat) + " is not supported");
      text_.skip(1);
    }
    return number;
  }

  PatternText text_;
};

} // namespace

Pattern parsePattern(std::string_view text) {
  constexpr size_t mostBytes = 1 << 16;
  if (text.size() > mostBytes)
    throw Error("the pattern is longer than " + std::to_string(mostBytes) + " bytes");
  return Parser(text).run();
}

} // namespace cria::import
