//===- TokenizerData.h - tokenizer.cria, checked ----------------*- C++ -*-===//
#pragma once
#include "runtime/tokenizer/TokenizerFormat.h"
#include <cstddef>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

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

/// A view of a tokenizer.cria. All ids that it gives out are less than ids(), and all text is
/// valid UTF-8.
class TokenizerData {
public:
  using Merge = tokenizer_format::Merge;

  /// An added token, as it stands in the text.
  struct Added {
    std::string_view text;
    uint32_t id;
    bool special, lstrip, rstrip, singleWord;
  };
  /// A step of normalization, splitting or decoding.
  struct Step {
    tokenizer_format::StepKind kind;
    uint32_t a, b, c;
    std::string_view text;
  };

  /// Checks everything; throws cria::Error. Refers to `blob`.
  explicit TokenizerData(std::span<const std::byte> blob);

  uint32_t ids() const { return tokenEnds_.size(); }
  /// The token as tokenizer.json spells it.
  std::string_view token(uint32_t id) const;
  bool flag(uint32_t which) const { return (header_.flags & which) != 0; }
  /// The token of characters that are not in the vocabulary.
  std::optional<uint32_t> unknown() const;

  /// The model's vocabulary, which has fewer tokens than ids() if some are only added.
  const PackedArray<uint32_t> &vocab() const { return vocab_; }
  std::optional<uint32_t> find(std::string_view token) const;
  std::optional<Merge> merge(uint32_t left, uint32_t right) const;

  /// Added tokens [0, rawAdded()) and [rawAdded(), added()) are each in the order of their text.
  uint32_t added() const { return added_.size(); }
  uint32_t rawAdded() const { return header_.rawAdded; }
  Added added(uint32_t i) const;

  const PackedArray<uint32_t> &prefix() const { return prefix_; }
  const PackedArray<uint32_t> &suffix() const { return suffix_; }

  std::span<const Step> normalizers() const;
  std::span<const Step> preTokenizers() const;
  std::span<const Step> decoders() const;

  const std::vector<tokenizer_format::Instruction> &program() const { return program_; }
  std::span<const tokenizer_format::Range> set(uint32_t i) const;
  uint32_t sets() const { return static_cast<uint32_t>(setEnds_.size()); }
  /// The set of word characters, or `none`.
  uint32_t wordSet() const { return header_.wordSet; }

private:
  void checkTokens() const;
  void checkMerges() const;
  void checkAdded() const;
  void checkProgram() const;
  void readSteps(const PackedArray<tokenizer_format::Step> &steps, std::string_view text);

  tokenizer_format::Header header_;
  PackedArray<uint32_t> tokenEnds_, vocab_, mergeStarts_, prefix_, suffix_;
  PackedArray<Merge> merges_;
  PackedArray<tokenizer_format::Added> added_;
  std::vector<Step> steps_;
  std::vector<tokenizer_format::Instruction> program_;
  std::vector<uint32_t> setEnds_;
  std::vector<tokenizer_format::Range> ranges_;
  std::string_view tokenText_, addedText_;
};

} // namespace cria::rt
