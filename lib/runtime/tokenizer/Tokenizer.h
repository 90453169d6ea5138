//===- Tokenizer.h - Text to token ids and back -----------------*- C++ -*-===//
#pragma once
#include "runtime/tokenizer/AddedTokens.h"
#include "runtime/tokenizer/Bpe.h"
#include "runtime/tokenizer/Decoder.h"
#include "runtime/tokenizer/Normalizer.h"
#include "runtime/tokenizer/PreTokenizer.h"
#include <mutex>
#include <string>
#include <vector>

namespace cria::rt {

/// A BPE tokenizer with the steps around it, as Hugging Face `tokenizers` runs them. Immutable.
class Tokenizer {
public:
  /// `blob` is a tokenizer.cria (see TokenizerFormat.h) that outlives the tokenizer. Everything
  /// in it is checked; throws cria::Error.
  static Tokenizer open(std::span<const std::byte> blob);

  /// The ids of `text`. Each maximal subpart that is not UTF-8 is read as U+FFFD. `addSpecial`
  /// puts the tokens around it that models expect (<|begin_of_text|>); `parseSpecial`
  /// reads special tokens in the text as such and not as text, which is not for text of
  /// strangers: special tokens that touch one of the ranges `plain` of `text`, which ascend, stay
  /// text. Throws cria::Error for more than 1 GiB, and see Matcher.
  std::vector<int32_t> encode(std::string_view text, bool addSpecial, bool parseSpecial,
                              std::span<const TextRange> plain = {}) const;

  /// The bytes of a token by itself, not always whole characters. Joined, those of some tokens are
  /// their text but for what depends on neighbours: white space that a decoder strips at the
  /// start, and bytes that are no UTF-8. Empty for an id without a token and, if
  /// `skipSpecial`, for a special token.
  std::string_view bytes(int32_t id, bool skipSpecial) const;
  /// The text of `ids`; bytes that are no UTF-8 become U+FFFD.
  std::string decode(std::span<const int32_t> ids, bool skipSpecial) const;

  /// The text of one id after another; see Decoder. Bytes that are no UTF-8 are left as they are.
  class Stream {
  public:
    std::string push(int32_t id);
    std::string finish() { return decoder_.finish(); }

  private:
    friend class Tokenizer;
    Stream(const Tokenizer &tokenizer, bool skipSpecial);
    const Tokenizer &tokenizer_;
    bool skipSpecial_;
    Decoder decoder_;
  };
  /// Refers to the tokenizer.
  Stream stream(bool skipSpecial) const { return {*this, skipSpecial}; }

  /// The id of an added token, special or not.
  std::optional<int32_t> find(std::string_view special) const;
  /// The largest id, and one.
  int32_t size() const { return static_cast<int32_t>(parts_->data.ids()); }

private:
  explicit Tokenizer(std::span<const std::byte> blob);
  void encodePlain(std::string_view text, bool atStart, bool parseSpecial,
                   std::span<const TextRange> plain, Bpe &bpe, std::vector<int32_t> &ids) const;
  std::vector<TextRange> plainIn(std::string_view normal, std::string_view text,
                                 std::span<const TextRange> plain) const;
  /// The token as decoders see it; nothing if it is left out.
  std::optional<std::string_view> spelling(int32_t id, bool skipSpecial) const;
  void decodeAllTokens() const;

  /// What refers to one another, and stays in its place when the tokenizer is moved.
  struct Parts {
    explicit Parts(std::span<const std::byte> blob);
    TokenizerData data;
    CharacterSets sets;
    Normalizer normalizer;
    PreTokenizer preTokenizer;
    CharacterTokens characters;
    AddedTokens rawAdded, otherAdded;
    std::vector<bool> skipped;             ///< by id: left out of text without special tokens
    std::vector<std::string_view> spelled; ///< by id
    mutable std::once_flag decodedOnce;
    mutable std::vector<std::string> decoded; ///< by id, when they were asked for
  };
  std::unique_ptr<const Parts> parts_;
};

} // namespace cria::rt
