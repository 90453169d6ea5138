//===- Tokenizer.cpp - Text to token ids and back -------------------------===//
#include "runtime/tokenizer/Tokenizer.h"
#include "runtime/Fail.h"
#include "runtime/Utf8.h"
#include <algorithm>
#include <set>

namespace cria::rt {
namespace {

constexpr size_t mostBytes = 1 << 30;

void append(const PackedArray<uint32_t> &affix, std::vector<int32_t> &ids) {
  for (uint32_t i = 0; i < affix.size(); ++i)
    ids.push_back(static_cast<int32_t>(affix[i]));
}

/// The parts of `ranges` in the `size` bytes from `begin` on, counted from there.
std::vector<TextRange> within(std::span<const TextRange> ranges, size_t begin, size_t size) {
  std::vector<TextRange> parts;
  for (const TextRange &range : ranges)
    if (range.begin < begin + size && range.end > begin)
      parts.push_back(
          {std::max(range.begin, begin) - begin, std::min(range.end, begin + size) - begin});
  return parts;
}

/// The pieces of `text` that are tokens.
std::vector<AddedTokens::Piece> tokenPieces(const AddedTokens &tokens, std::string_view text) {
  auto pieces = tokens.split(text, /*parseSpecial=*/true);
  std::erase_if(pieces, [](const AddedTokens::Piece &piece) { return !piece.id; });
  return pieces;
}

} // namespace

Tokenizer Tokenizer::open(std::span<const std::byte> blob) { return Tokenizer(blob); }

Tokenizer::Tokenizer(std::span<const std::byte> blob)
    : parts_(std::make_unique<const Parts>(blob)) {}

Tokenizer::Parts::Parts(std::span<const std::byte> blob)
    : data(blob), sets(data), normalizer(data, sets), preTokenizer(data, sets), characters(data),
      rawAdded(data, sets, 0, data.rawAdded()),
      otherAdded(data, sets, data.rawAdded(), data.added()), skipped(data.ids()) {
  for (uint32_t id = 0; id < data.ids(); ++id)
    spelled.push_back(data.token(id));
  // `tokenizers` decodes an added token from the form that it has in normalized text, and leaves
  // it out if that is the name of a special token.
  std::set<std::string_view> special;
  for (uint32_t i = 0; i < data.added(); ++i)
    if (auto token = data.added(i); token.special)
      special.insert(data.token(token.id));
  for (uint32_t i = 0; i < data.added(); ++i) {
    auto token = data.added(i);
    spelled[token.id] = token.text;
    skipped[token.id] = special.contains(token.text);
  }
}

std::vector<int32_t> Tokenizer::encode(std::string_view text, bool addSpecial, bool parseSpecial,
                                       std::span<const TextRange> plain) const {
  if (text.size() > mostBytes)
    fail("tokenizer: a text of {} bytes is longer than {}", text.size(), mostBytes);
  std::string clean = repairUtf8(text);
  Bpe bpe(parts_->data, parts_->characters);
  std::vector<int32_t> ids;
  if (addSpecial)
    append(parts_->data.prefix(), ids);
  for (auto [piece, id] : parts_->rawAdded.split(clean, parseSpecial, plain))
    if (id)
      ids.push_back(static_cast<int32_t>(*id));
    else
      encodePlain(piece, piece.data() == clean.data(), parseSpecial,
                  within(plain, static_cast<size_t>(piece.data() - clean.data()), piece.size()),
                  bpe, ids);
  if (addSpecial)
    append(parts_->data.suffix(), ids);
  return ids;
}

/// Text without the added tokens that are found before normalization.
void Tokenizer::encodePlain(std::string_view text, bool atStart, bool parseSpecial,
                            std::span<const TextRange> plain, Bpe &bpe,
                            std::vector<int32_t> &ids) const {
  auto [normal, keepsStart] = parts_->normalizer.normalize(text);
  auto plainInNormal = plainIn(normal, text, plain);
  for (auto [piece, id] : parts_->otherAdded.split(normal, parseSpecial, plainInNormal)) {
    if (id) {
      ids.push_back(static_cast<int32_t>(*id));
      continue;
    }
    bool first = atStart && keepsStart && piece.data() == normal.data();
    Words words = parts_->preTokenizer.split(std::string(piece), first);
    for (size_t i = 0; i < words.size(); ++i)
      bpe.encode(words[i], ids);
  }
}

/// The ranges of `normal`, the normalized form of `text`, in which special tokens stay text. Where
/// both forms have the same tokens, each keeps what it is; else none is recognised, to be safe.
std::vector<TextRange> Tokenizer::plainIn(std::string_view normal, std::string_view text,
                                          std::span<const TextRange> plain) const {
  if (plain.empty() || normal == text)
    return {plain.begin(), plain.end()};
  auto before = tokenPieces(parts_->otherAdded, text),
       after = tokenPieces(parts_->otherAdded, normal);
  auto sameToken = [](const auto &a, const auto &b) { return a.id == b.id; };
  if (!std::equal(before.begin(), before.end(), after.begin(), after.end(), sameToken))
    return {{0, normal.size()}};
  std::vector<TextRange> ranges;
  for (size_t i = 0; i < before.size(); ++i) {
    auto begin = static_cast<size_t>(before[i].text.data() - text.data());
    if (within(plain, begin, before[i].text.size()).empty())
      continue;
    begin = static_cast<size_t>(after[i].text.data() - normal.data());
    ranges.push_back({begin, begin + after[i].text.size()});
  }
  return ranges;
}

std::optional<std::string_view> Tokenizer::spelling(int32_t id, bool skipSpecial) const {
  auto index = static_cast<uint32_t>(id);
  if (id < 0 || id >= size() || (skipSpecial && parts_->skipped[index]))
    return std::nullopt;
  std::string_view token = parts_->spelled[index];
  return token.empty() ? std::nullopt : std::optional(token);
}

void Tokenizer::decodeAllTokens() const {
  auto &decoded = parts_->decoded;
  decoded.reserve(parts_->spelled.size());
  for (std::string_view token : parts_->spelled)
    decoded.push_back(bytesOf(parts_->data, parts_->sets, token));
}

std::string_view Tokenizer::bytes(int32_t id, bool skipSpecial) const {
  if (!spelling(id, skipSpecial))
    return {};
  std::call_once(parts_->decodedOnce, [&] { decodeAllTokens(); });
  return parts_->decoded[static_cast<size_t>(id)];
}

Tokenizer::Stream::Stream(const Tokenizer &tokenizer, bool skipSpecial)
    : tokenizer_(tokenizer), skipSpecial_(skipSpecial),
      decoder_(tokenizer.parts_->data, tokenizer.parts_->sets) {}

std::string Tokenizer::Stream::push(int32_t id) {
  auto token = tokenizer_.spelling(id, skipSpecial_);
  return token ? decoder_.push(*token) : std::string();
}

std::string Tokenizer::decode(std::span<const int32_t> ids, bool skipSpecial) const {
  Stream decoding = stream(skipSpecial);
  std::string text;
  for (int32_t id : ids)
    text += decoding.push(id);
  return repairUtf8(text += decoding.finish());
}

std::optional<int32_t> Tokenizer::find(std::string_view special) const {
  const TokenizerData &data = parts_->data;
  for (uint32_t i = 0; i < data.added(); ++i)
    if (uint32_t id = data.added(i).id; data.token(id) == special)
      return static_cast<int32_t>(id);
  return std::nullopt;
}

} // namespace cria::rt
