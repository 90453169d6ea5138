//===- TokenizerData.h - tokenizer.cria, checked ----------------*- C++ -*-===//
#pragma once
#include "runtime/TokenizerFormat.h"
#include <cstddef>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

namespace cria::rt {

/// Entries of a T that may lie misaligned.
template <class T>
class PackedArray {
public:
  PackedArray() = default;
  PackedArray(const char *data, uint32_t size) : data_(data), size_(size) {}
  uint32_t size() const { return size_; }
  T operator[](uint32_t i) const {
    T entry;
    std::memcpy(&entry, data_ + size_t(i) * sizeof(T), sizeof(T));
    return entry;
  }

private:
  const char *data_ = nullptr;
  uint32_t size_ = 0;
};

/// A view of a tokenizer.cria. All ids that it gives out are less than ids().
class TokenizerData {
public:
  using Merge = tokenizer_format::Merge;

  /// An added token, as it stands in the text.
  struct Added {
    std::string_view text;
    uint32_t id;
    bool special, lstrip, rstrip;
  };

  /// Checks everything; throws cria::Error. Refers to `blob`.
  explicit TokenizerData(std::span<const std::byte> blob);

  uint32_t ids() const { return tokenEnds_.size(); }
  /// The bytes of a token.
  std::string_view bytes(uint32_t id) const;
  uint32_t byteToken(unsigned char byte) const { return byteTokens_[byte]; }
  /// The token that a whole word becomes without merges, if there is one.
  std::optional<uint32_t> word(std::string_view text) const;
  std::optional<Merge> merge(uint32_t left, uint32_t right) const;

  /// Added tokens [0, rawAdded()) and [rawAdded(), added()) are each in the order of their text.
  uint32_t added() const { return added_.size(); }
  uint32_t rawAdded() const { return rawAdded_; }
  Added added(uint32_t i) const;

  const PackedArray<uint32_t> &prefix() const { return prefix_; }
  const PackedArray<uint32_t> &suffix() const { return suffix_; }
  std::string_view pattern() const { return pattern_; }

private:
  void checkTokens() const;
  void checkMerges() const;
  void checkAdded() const;

  PackedArray<uint32_t> tokenEnds_, byteTokens_, words_, mergeStarts_, prefix_, suffix_;
  PackedArray<Merge> merges_;
  PackedArray<tokenizer_format::Added> added_;
  uint32_t rawAdded_ = 0;
  std::string_view tokenText_, addedText_, pattern_;
};

} // namespace cria::rt
