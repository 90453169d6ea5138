//===- Decoder.h - Tokens to text, one after another ------------*- C++ -*-===//
#pragma once
#include "runtime/tokenizer/Matcher.h"
#include <memory>
#include <string>

namespace cria::rt {

/// The decoder of a tokenizer at work on one text. What `push` returns for each token and
/// `finish` at the end are, joined, the whole text; a token's part may come late, as bytes that
/// follow decide what it is. The text may have bytes that are no UTF-8 where the decoder is
/// byte-level.
class Decoder {
public:
  /// Refers to both.
  Decoder(const TokenizerData &data, const CharacterSets &sets);
  ~Decoder();
  Decoder(Decoder &&) noexcept;

  /// `token` is spelled as tokenizer.json has it.
  std::string push(std::string_view token);
  std::string finish();

  class Stage;

private:
  std::string run(std::vector<std::string> tokens, bool last);

  std::vector<std::unique_ptr<Stage>> stages_;
};

/// The bytes of a token without neighbours: a byte token is its byte, and nothing is stripped.
std::string bytesOf(const TokenizerData &data, const CharacterSets &sets, std::string_view token);

} // namespace cria::rt
