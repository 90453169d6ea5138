//===- Tokenizer.h - Text to token ids and back -----------------*- C++ -*-===//
#pragma once
#include "runtime/AddedTokens.h"
#include "runtime/PreSplit.h"
#include <string>
#include <vector>

namespace cria::rt {

/// A byte-level BPE tokenizer, as Hugging Face `tokenizers` runs it. Immutable.
class Tokenizer {
public:
  /// `blob` is a tokenizer.cria (see TokenizerFormat.h) that outlives the tokenizer. Everything
  /// in it is checked; throws cria::Error.
  static Tokenizer open(std::span<const std::byte> blob);

  /// The ids of `text`. Each maximal subpart that is not UTF-8 is read as U+FFFD. `addSpecial`
  /// puts the tokens around it that models expect (<|begin_of_text|>); `parseSpecial`
  /// reads special tokens in the text as such and not as text, which is not for text of
  /// strangers: special tokens that touch one of the ranges `plain`, which ascend, stay text.
  /// Throws cria::Error for more than 1 GiB, and see PreSplit.
  std::vector<int32_t> encode(std::string_view text, bool addSpecial, bool parseSpecial,
                              std::span<const TextRange> plain = {}) const;

  /// The bytes of a token, not always whole characters. Empty for an id without a token
  /// and, if `skipSpecial`, for a special token.
  std::string_view bytes(int32_t id, bool skipSpecial) const;
  /// The text of `ids`; bytes that are no UTF-8 become U+FFFD.
  std::string decode(std::span<const int32_t> ids, bool skipSpecial) const;

  /// The id of an added token, special or not.
  std::optional<int32_t> find(std::string_view special) const;
  /// The largest id, and one.
  int32_t size() const { return static_cast<int32_t>(data_->ids()); }

private:
  explicit Tokenizer(std::span<const std::byte> blob);
  void encodePlain(std::string_view text, class Bpe &bpe, std::vector<int32_t> &ids) const;

  std::unique_ptr<const TokenizerData> data_; ///< stays where it is when this is moved
  PreSplit preSplit_;
  AddedTokens rawAdded_, otherAdded_;
  std::vector<bool> special_; ///< by id
};

} // namespace cria::rt
