#include "runtime/Tokenizer.h"
#include "runtime/Bpe.h"
#include "runtime/Fail.h"
#include "runtime/Utf8.h"

namespace cria::rt {
namespace {

constexpr size_t mostBytes = 1 << 30;

void append(const PackedArray<uint32_t> &affix, std::vector<int32_t> &ids) {
  for (uint32_t i = 0; i < affix.size(); ++i)
    ids.push_back(static_cast<int32_t>(affix[i]));
}

} // namespace

Tokenizer Tokenizer::open(std::span<const std::byte> blob) { return Tokenizer(blob); }

Tokenizer::Tokenizer(std::span<const std::byte> blob)
    : data_(std::make_unique<TokenizerData>(blob)), preSplit_(data_->pattern()),
      rawAdded_(*data_, 0, data_->rawAdded()),
      otherAdded_(*data_, data_->rawAdded(), data_->added()), special_(data_->ids()) {
  for (uint32_t i = 0; i < data_->added(); ++i)
    if (auto token = data_->added(i); token.special)
      special_[token.id] = true;
}

std::vector<int32_t> Tokenizer::encode(std::string_view text, bool addSpecial, bool parseSpecial,
                                       std::span<const TextRange> plain) const {
  if (text.size() > mostBytes)
    fail("tokenizer: a text of {} bytes is longer than {}", text.size(), mostBytes);
  std::string clean = repairUtf8(text);
  Bpe bpe(*data_);
  std::vector<int32_t> ids;
  if (addSpecial)
    append(data_->prefix(), ids);
  for (auto [outer, outerId] : rawAdded_.split(clean, parseSpecial, plain)) {
    if (outerId) {
      ids.push_back(static_cast<int32_t>(*outerId));
      continue;
    }
    auto offset = static_cast<size_t>(outer.data() - clean.data());
    for (auto [inner, innerId] : otherAdded_.split(outer, parseSpecial, plain, offset))
      if (innerId)
        ids.push_back(static_cast<int32_t>(*innerId));
      else
        encodePlain(inner, bpe, ids);
  }
  if (addSpecial)
    append(data_->suffix(), ids);
  return ids;
}

void Tokenizer::encodePlain(std::string_view text, Bpe &bpe, std::vector<int32_t> &ids) const {
  for (std::string_view word : preSplit_.split(text))
    bpe.encode(word, ids);
}

std::string_view Tokenizer::bytes(int32_t id, bool skipSpecial) const {
  if (id < 0 || id >= size())
    return {};
  auto index = static_cast<uint32_t>(id);
  return skipSpecial && special_[index] ? std::string_view() : data_->bytes(index);
}

std::string Tokenizer::decode(std::span<const int32_t> ids, bool skipSpecial) const {
  std::string text;
  for (int32_t id : ids)
    text += bytes(id, skipSpecial);
  return repairUtf8(text);
}

std::optional<int32_t> Tokenizer::find(std::string_view special) const {
  auto token = rawAdded_.find(special);
  if (!token)
    token = otherAdded_.find(special);
  return token ? std::optional(static_cast<int32_t>(token->id)) : std::nullopt;
}

} // namespace cria::rt
