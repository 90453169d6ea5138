#include "runtime/TokenizerData.h"
#include "runtime/Fail.h"
#include <bit>

namespace cria::rt {

namespace format = tokenizer_format;
static_assert(std::endian::native == std::endian::little, "tokenizer.cria is little-endian");

namespace {

void check(bool good, const char *what) {
  if (!good)
    fail("tokenizer.cria: {}: damaged", what);
}

/// Takes one array after another out of a blob.
class Reader {
public:
  explicit Reader(std::span<const std::byte> blob)
      : rest_(reinterpret_cast<const char *>(blob.data()), blob.size()) {}

  template <class T>
  PackedArray<T> array(uint32_t size, const char *what) {
    return {text(uint64_t(size) * sizeof(T), what).data(), size};
  }

  std::string_view text(uint64_t size, const char *what) {
    if (size > rest_.size())
      fail("tokenizer.cria: {}: {} bytes pass the end", what, size);
    std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  bool atEnd() const { return rest_.empty(); }

private:
  std::string_view rest_;
};

/// The first i in [low, high) for which less(i) is false; `less` is true up to there.
template <class Less>
uint32_t lowerBound(uint32_t low, uint32_t high, const Less &less) {
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (less(middle))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

} // namespace

TokenizerData::TokenizerData(std::span<const std::byte> blob) {
  Reader reader(blob);
  auto header = reader.array<format::Header>(1, "header")[0];
  check(std::memcmp(header.magic, format::magic, sizeof header.magic) == 0, "magic");
  if (header.version != format::version)
    fail("tokenizer.cria: version: {} is not {}", header.version, format::version);
  check(header.ids > 0 && header.ids <= format::maxIds, "ids");
  check(header.rawAdded <= header.added, "rawAdded");
  rawAdded_ = header.rawAdded;
  tokenEnds_ = reader.array<uint32_t>(header.ids, "tokenEnds");
  byteTokens_ = reader.array<uint32_t>(256, "byteTokens");
  words_ = reader.array<uint32_t>(header.words, "words");
  mergeStarts_ = reader.array<uint32_t>(header.ids + 1, "mergeStarts");
  merges_ = reader.array<Merge>(header.merges, "merges");
  added_ = reader.array<format::Added>(header.added, "added");
  prefix_ = reader.array<uint32_t>(header.prefix, "prefix");
  suffix_ = reader.array<uint32_t>(header.suffix, "suffix");
  tokenText_ = reader.text(header.tokenText, "tokenText");
  addedText_ = reader.text(header.addedText, "addedText");
  pattern_ = reader.text(header.pattern, "pattern");
  check(reader.atEnd(), "end");

  checkTokens();
  checkMerges();
  checkAdded();
  for (const auto &affix : {prefix_, suffix_})
    for (uint32_t i = 0; i < affix.size(); ++i)
      check(affix[i] < ids(), "prefix or suffix");
}

void TokenizerData::checkTokens() const {
  for (uint32_t id = 0, begin = 0; id < ids(); begin = tokenEnds_[id++])
    check(tokenEnds_[id] >= begin && tokenEnds_[id] <= tokenText_.size(), "tokenEnds");
  for (uint32_t byte = 0; byte < 256; ++byte) {
    check(byteTokens_[byte] < ids(), "byteTokens");
    std::string_view token = bytes(byteTokens_[byte]);
    check(token.size() == 1 && static_cast<unsigned char>(token[0]) == byte, "byteTokens");
  }
  std::string_view before;
  for (uint32_t i = 0; i < words_.size(); ++i) {
    check(words_[i] < ids() && before < bytes(words_[i]), "words");
    before = bytes(words_[i]);
  }
}

void TokenizerData::checkMerges() const {
  check(mergeStarts_[0] == 0 && mergeStarts_[ids()] == merges_.size(), "mergeStarts");
  for (uint32_t left = 0; left < ids(); ++left) {
    uint32_t begin = mergeStarts_[left], end = mergeStarts_[left + 1];
    check(begin <= end && end <= merges_.size(), "mergeStarts");
    for (uint32_t i = begin; i < end; ++i) {
      check(merges_[i].right < ids() && merges_[i].result < ids(), "merges");
      check(i == begin || merges_[i - 1].right < merges_[i].right, "merges");
    }
  }
}

void TokenizerData::checkAdded() const {
  for (uint32_t i = 0, begin = 0; i < added_.size(); begin = added_[i++].textEnd) {
    check(added_[i].id < ids(), "added");
    check(added_[i].textEnd > begin && added_[i].textEnd <= addedText_.size(), "added");
    check(i == 0 || i == rawAdded_ || added(i - 1).text < added(i).text, "added");
  }
}

std::string_view TokenizerData::bytes(uint32_t id) const {
  uint32_t begin = id == 0 ? 0 : tokenEnds_[id - 1];
  return tokenText_.substr(begin, tokenEnds_[id] - begin);
}

std::optional<uint32_t> TokenizerData::word(std::string_view text) const {
  uint32_t at = lowerBound(0, words_.size(), [&](uint32_t i) { return bytes(words_[i]) < text; });
  if (at == words_.size() || bytes(words_[at]) != text)
    return std::nullopt;
  return words_[at];
}

std::optional<format::Merge> TokenizerData::merge(uint32_t left, uint32_t right) const {
  uint32_t end = mergeStarts_[left + 1];
  uint32_t at =
      lowerBound(mergeStarts_[left], end, [&](uint32_t i) { return merges_[i].right < right; });
  if (at == end || merges_[at].right != right)
    return std::nullopt;
  return merges_[at];
}

TokenizerData::Added TokenizerData::added(uint32_t i) const {
  format::Added entry = added_[i];
  uint32_t begin = i == 0 ? 0 : added_[i - 1].textEnd;
  return {addedText_.substr(begin, entry.textEnd - begin), entry.id,
          (entry.flags & format::Added::special) != 0, (entry.flags & format::Added::lstrip) != 0,
          (entry.flags & format::Added::rstrip) != 0};
}

} // namespace cria::rt
