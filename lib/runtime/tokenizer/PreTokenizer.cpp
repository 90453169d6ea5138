//===- PreTokenizer.cpp - Text to words -----------------------------------===//
#include "runtime/tokenizer/PreTokenizer.h"
#include "runtime/Utf8.h"
#include "runtime/tokenizer/ByteAlphabet.h"
#include <algorithm>

namespace cria::rt {

using namespace tokenizer_format;

namespace {

/// A part of a word: a match of the pattern or a gap between two.
struct Part {
  size_t begin, end;
  bool isMatch;
};

/// All parts of `word`, in order and without gaps.
std::vector<Part> partsOf(Matcher matcher, uint32_t program, size_t size) {
  std::vector<Part> parts;
  size_t at = 0;
  while (at < size) {
    auto match = matcher.find(program, at);
    if (!match)
      break;
    if (match->begin > at)
      parts.push_back({at, match->begin, false});
    parts.push_back({match->begin, match->end, true});
    at = match->end;
  }
  if (at < size)
    parts.push_back({at, size, false});
  return parts;
}

/// Joins neighbours as `tokenizers` does. `toNext`: a match belongs to what follows it, which is
/// the rule of mergedWithPrevious from right to left.
std::vector<Part> merged(std::vector<Part> parts, bool contiguous, bool toNext) {
  if (toNext)
    std::reverse(parts.begin(), parts.end());
  std::vector<Part> out;
  bool before = false;
  for (const Part &part : parts) {
    bool join = contiguous ? part.isMatch == before : part.isMatch && !before;
    if (join && !out.empty()) {
      out.back().begin = std::min(out.back().begin, part.begin);
      out.back().end = std::max(out.back().end, part.end);
    } else {
      out.push_back({part.begin, part.end, false});
    }
    before = part.isMatch;
  }
  if (toNext)
    std::reverse(out.begin(), out.end());
  return out;
}

std::vector<Part> arrange(std::vector<Part> parts, SplitBehavior behavior) {
  switch (behavior) {
  case SplitBehavior::removed:
    std::erase_if(parts, [](const Part &part) { return part.isMatch; });
    return parts;
  case SplitBehavior::contiguous:
    return merged(std::move(parts), true, false);
  case SplitBehavior::mergedWithPrevious:
    return merged(std::move(parts), false, false);
  case SplitBehavior::mergedWithNext:
    return merged(std::move(parts), false, true);
  default:
    return parts;
  }
}

/// Spaces become `step.a`, which is put before a word that does not begin with it.
Words metaspace(const TokenizerData::Step &step, const Words &words) {
  std::string mark;
  appendUtf8(mark, step.a);
  auto scheme = PrependScheme(step.b);
  Words out{{}, {}, words.atStart};
  for (size_t i = 0; i < words.size(); ++i) {
    std::string_view word = words[i];
    bool marked = word.starts_with(' ') || word.starts_with(mark);
    bool first = i == 0 && words.atStart;
    if (!marked && (scheme == PrependScheme::always || (scheme == PrependScheme::first && first)))
      out.text += mark;
    for (char c : word)
      c == ' ' ? out.text += mark : out.text += c;
    out.endWord();
  }
  return out;
}

Words byteLevel(const Words &words) {
  Words out{{}, {}, words.atStart};
  out.text.reserve(words.text.size() + words.text.size() / 4);
  for (size_t i = 0; i < words.size(); ++i) {
    appendByteAlphabet(out.text, words[i]);
    out.endWord();
  }
  return out;
}

Words prefixSpaces(const Words &words) {
  Words out{{}, {}, words.atStart};
  for (size_t i = 0; i < words.size(); ++i) {
    if (!words[i].starts_with(' '))
      out.text += ' ';
    out.text += words[i];
    out.endWord();
  }
  return out;
}

} // namespace

Words PreTokenizer::split(std::string text, bool atStart) const {
  Words words{std::move(text), {}, atStart};
  words.endWord();
  for (const TokenizerData::Step &step : data_.preTokenizers())
    words = apply(step, std::move(words));
  return words;
}

Words PreTokenizer::apply(const TokenizerData::Step &step, Words words) const {
  switch (step.kind) {
  case StepKind::prefixSpace:
    return prefixSpaces(words);
  case StepKind::byteLevel:
    return byteLevel(words);
  case StepKind::metaspace:
    return metaspace(step, words);
  default:
    return splitEach(step, std::move(words));
  }
}

Words PreTokenizer::splitEach(const TokenizerData::Step &step, Words words) const {
  Words out{{}, {}, words.atStart};
  auto behavior = SplitBehavior(step.b);
  for (size_t i = 0; i < words.size(); ++i) {
    std::string_view word = words[i];
    auto parts = partsOf(Matcher(data_, sets_, word), step.a, word.size());
    for (Part &part : parts)
      part.isMatch ^= step.c != 0;
    parts = arrange(std::move(parts), behavior);
    if (i == 0 && (parts.empty() || parts[0].begin > 0))
      out.atStart = false;
    for (const Part &part : parts) {
      out.text += word.substr(part.begin, part.end - part.begin);
      out.endWord();
    }
  }
  return out;
}

} // namespace cria::rt
