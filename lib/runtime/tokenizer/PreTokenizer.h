//===- PreTokenizer.h - Text to words ---------------------------*- C++ -*-===//
#pragma once
#include "runtime/tokenizer/Matcher.h"
#include <string>

namespace cria::rt {

/// Words one after another in one text.
struct Words {
  std::string text;
  std::vector<size_t> ends; ///< where each ends in `text`; none is empty
  bool atStart;             ///< whether the first word begins where the input does

  size_t size() const { return ends.size(); }
  std::string_view operator[](size_t i) const {
    size_t begin = i == 0 ? 0 : ends[i - 1];
    return std::string_view(text).substr(begin, ends[i] - begin);
  }
  /// Ends a word here, if `text` has grown since the last one.
  void endWord() {
    if (text.size() > (ends.empty() ? 0 : ends.back()))
      ends.push_back(text.size());
  }
};

/// The steps that split normalized text into the words that merges stay inside of.
class PreTokenizer {
public:
  /// Refers to both.
  PreTokenizer(const TokenizerData &data, const CharacterSets &sets) : data_(data), sets_(sets) {}

  /// The words of `text`, which is valid UTF-8; `atStart` says whether it begins where the input
  /// does. Throws cria::Error, see Matcher.
  Words split(std::string text, bool atStart) const;

private:
  Words apply(const TokenizerData::Step &step, Words words) const;
  Words splitEach(const TokenizerData::Step &step, Words words) const;

  const TokenizerData &data_;
  const CharacterSets &sets_;
};

} // namespace cria::rt
