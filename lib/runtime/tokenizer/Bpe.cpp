//===- Bpe.cpp - A word to tokens, by merges -------------------------------===//
#include "runtime/tokenizer/Bpe.h"
#include "runtime/Fail.h"
#include "runtime/Utf8.h"
#include <algorithm>

namespace cria::rt {

CharacterTokens::CharacterTokens(const TokenizerData &data)
    : near_(0x200, none), bytes_(256, none) {
  for (uint32_t i = 0; i < data.vocab().size(); ++i) {
    uint32_t id = data.vocab()[i];
    std::string_view text = data.token(id);
    if (text.empty())
      continue;
    auto [code, length] = codePointAt(text, 0);
    if (length != text.size())
      continue;
    if (code < near_.size())
      near_[code] = id;
    else
      far_.emplace_back(code, id); // UTF-8 is in the order of code points
  }
  for (unsigned byte = 0; byte < 256; ++byte)
    if (auto id = data.find(fmt::format("<0x{:02X}>", byte)))
      bytes_[byte] = *id;
}

std::optional<uint32_t> CharacterTokens::find(char32_t code) const {
  uint32_t id = none;
  if (code < near_.size()) {
    id = near_[code];
  } else {
    auto at = std::lower_bound(far_.begin(), far_.end(), std::pair(code, uint32_t(0)));
    if (at != far_.end() && at->first == code)
      id = at->second;
  }
  return id == none ? std::nullopt : std::optional(id);
}

std::optional<uint32_t> CharacterTokens::byte(unsigned char value) const {
  return bytes_[value] == none ? std::nullopt : std::optional(bytes_[value]);
}

Bpe::Bpe(const TokenizerData &data, const CharacterTokens &characters)
    : data_(data), characters_(characters),
      byteFallback_(data.flag(tokenizer_format::Header::byteFallback)),
      fuseUnknown_(data.flag(tokenizer_format::Header::fuseUnknown)),
      ignoreMerges_(data.flag(tokenizer_format::Header::ignoreMerges)) {}

void Bpe::encode(std::string_view word, std::vector<int32_t> &out) {
  if (ignoreMerges_)
    if (auto id = data_.find(word)) {
      out.push_back(static_cast<int32_t>(*id));
      return;
    }
  if (word.size() > INT32_MAX)
    fail("tokenizer: a word of {} bytes is too long", word.size());
  symbols_.clear();
  heap_.clear();
  readCharacters(word);
  auto size = static_cast<int32_t>(symbols_.size());
  for (int32_t i = 0; i < size; ++i)
    consider(i);
  while (!heap_.empty()) {
    std::pop_heap(heap_.begin(), heap_.end());
    Candidate candidate = heap_.back();
    heap_.pop_back();
    if (isCurrent(candidate))
      apply(candidate);
  }
  for (int32_t i = size ? 0 : -1; i >= 0; i = symbols_[size_t(i)].next)
    out.push_back(static_cast<int32_t>(symbols_[size_t(i)].id));
}

/// The symbols of the characters. An unknown one that bytes do not stand for is held back until
/// the next known character or unknown one, as `tokenizers` does: so it comes after bytes
/// that follow it.
void Bpe::readCharacters(std::string_view word) {
  bool unknownHeld = false;
  auto unknown = data_.unknown();
  for (size_t at = 0; at < word.size();) {
    auto [code, length] = codePointAt(word, at);
    if (auto id = characters_.find(code)) {
      if (unknownHeld)
        add(*unknown);
      unknownHeld = false;
      add(*id);
    } else if (!(byteFallback_ && addBytes(word.substr(at, length))) && unknown) {
      if (unknownHeld && !fuseUnknown_)
        add(*unknown);
      unknownHeld = true;
    }
    at += length;
  }
  if (unknownHeld)
    add(*unknown);
}

/// Adds the tokens of the bytes of a character, if each of them has one.
bool Bpe::addBytes(std::string_view character) {
  for (char c : character)
    if (!characters_.byte(static_cast<unsigned char>(c)))
      return false;
  for (char c : character)
    add(*characters_.byte(static_cast<unsigned char>(c)));
  return true;
}

void Bpe::add(uint32_t id) {
  auto at = static_cast<int32_t>(symbols_.size());
  if (at > 0)
    symbols_.back().next = at;
  symbols_.push_back({id, at - 1, -1, false});
}

/// Adds the merge of the symbol `at` with the next one, if there is one.
void Bpe::consider(int32_t at) {
  if (at < 0 || symbols_[size_t(at)].next < 0)
    return;
  uint32_t left = symbols_[size_t(at)].id;
  uint32_t right = symbols_[size_t(symbols_[size_t(at)].next)].id;
  if (auto merge = data_.merge(left, right)) {
    heap_.push_back({merge->rank, at, left, right, merge->result});
    std::push_heap(heap_.begin(), heap_.end());
  }
}

/// Whether its two parts still stand side by side.
bool Bpe::isCurrent(const Candidate &candidate) const {
  const Symbol &left = symbols_[size_t(candidate.at)];
  return !left.merged && left.id == candidate.left && left.next >= 0 &&
         symbols_[size_t(left.next)].id == candidate.right;
}

void Bpe::apply(const Candidate &candidate) {
  Symbol &left = symbols_[size_t(candidate.at)];
  Symbol &right = symbols_[size_t(left.next)];
  left.id = candidate.result;
  left.next = right.next;
  right.merged = true;
  if (left.next >= 0)
    symbols_[size_t(left.next)].previous = candidate.at;
  consider(left.previous);
  consider(candidate.at);
}

} // namespace cria::rt
