//===- AddedTokens.cpp - Tokens that are found before the split -----------===//
#include "runtime/tokenizer/AddedTokens.h"
#include "runtime/Utf8.h"
#include <algorithm>

namespace cria::rt {

AddedTokens::AddedTokens(const TokenizerData &data, const CharacterSets &sets, uint32_t begin,
                         uint32_t end)
    : data_(data), sets_(sets), begin_(begin), end_(end) {
  for (uint32_t i = begin; i < end; ++i)
    firstBytes_.set(static_cast<unsigned char>(data.added(i).text[0]));
}

std::optional<AddedTokens::Token> AddedTokens::longestAt(std::string_view text) const {
  std::optional<Token> longest;
  if (text.empty() || !firstBytes_[static_cast<unsigned char>(text[0])])
    return longest;
  // [low, high) are the tokens that begin with the first `length` bytes of text; one
  // that is no longer than that comes first.
  uint32_t low = begin_, high = end_;
  for (size_t length = 0; length < text.size() && low < high; ++length) {
    auto byte = static_cast<unsigned char>(text[length]);
    auto bound = [&](int least) {
      uint32_t first = low, last = high;
      while (first < last) {
        uint32_t middle = first + (last - first) / 2;
        std::string_view token = data_.added(middle).text;
        bool less = token.size() <= length || static_cast<unsigned char>(token[length]) < least;
        (less ? first : last) = less ? middle + 1 : middle;
      }
      return first;
    };
    uint32_t first = bound(byte), last = bound(byte + 1);
    low = first;
    high = last;
    if (low < high)
      if (Token token = data_.added(low); token.text.size() == length + 1)
        longest = token;
  }
  return longest;
}

/// Whether a word character stands before or after text[begin, end).
bool AddedTokens::touchesWord(std::string_view text, size_t begin, size_t end) const {
  uint32_t set = data_.wordSet();
  if (set == tokenizer_format::none)
    return false;
  auto isWord = [&](size_t at) { return sets_.contains(set, codePointAt(text, at).value); };
  return (begin > 0 && isWord(previousCharacter(text, begin))) ||
         (end < text.size() && isWord(end));
}

namespace {

/// The first of the ranges that goes past `begin`, if it begins before `end`.
const TextRange *overlap(std::span<const TextRange> ranges, size_t begin, size_t end) {
  auto first = std::partition_point(ranges.begin(), ranges.end(),
                                    [&](const TextRange &range) { return range.end <= begin; });
  return first != ranges.end() && first->begin < end ? &*first : nullptr;
}

} // namespace

std::vector<AddedTokens::Piece> AddedTokens::split(std::string_view text, bool parseSpecial,
                                                   std::span<const TextRange> plain) const {
  std::vector<Piece> pieces;
  size_t done = 0; // where the last token ends
  for (size_t at = 0; at < text.size();) {
    auto token = longestAt(text.substr(at));
    if (!token) {
      ++at;
      continue;
    }
    size_t begin = at, end = at += token->text.size();
    if (token->special && !parseSpecial)
      continue;
    if (const TextRange *range = overlap(plain, begin, end); token->special && range) {
      // Another token may begin where the plain text ends.
      at = range->begin <= begin ? std::min(end, range->end) : begin + 1;
      continue;
    }
    if (token->singleWord && touchesWord(text, begin, end))
      continue;
    if (token->lstrip)
      begin = std::max(begin - spaceAtEnd(text.substr(0, begin)), done);
    if (token->rstrip)
      end += spaceAtStart(text.substr(end));
    if (done < begin)
      pieces.push_back({text.substr(done, begin - done), std::nullopt});
    pieces.push_back({text.substr(begin, end - begin), token->id});
    done = end;
  }
  if (done < text.size())
    pieces.push_back({text.substr(done), std::nullopt});
  return pieces;
}

} // namespace cria::rt
