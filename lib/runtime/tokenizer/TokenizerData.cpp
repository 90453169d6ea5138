//===- TokenizerData.cpp - tokenizer.cria, checked ------------------------===//
#include "runtime/tokenizer/TokenizerData.h"
#include "runtime/Fail.h"
#include "runtime/Utf8.h"
#include "runtime/tokenizer/CheckSteps.h"
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
    return {bytes(uint64_t(size) * sizeof(T), what).data(), size};
  }
  /// The same, copied to where it is aligned.
  template <class T>
  std::vector<T> vector(uint32_t size, const char *what) {
    std::string_view data = bytes(uint64_t(size) * sizeof(T), what);
    std::vector<T> entries(size);
    if (size)
      std::memcpy(entries.data(), data.data(), data.size());
    return entries;
  }
  /// Text that is UTF-8.
  std::string_view text(uint32_t size, const char *what) {
    std::string_view taken = bytes(size, what);
    check(isUtf8(taken), what);
    return taken;
  }

  bool atEnd() const { return rest_.empty(); }

private:
  std::string_view bytes(uint64_t size, const char *what) {
    if (size > rest_.size())
      fail("tokenizer.cria: {}: {} bytes pass the end", what, size);
    std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

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

/// Whether a character of UTF-8 begins, or the text ends, at `at`.
bool isBoundary(std::string_view text, size_t at) {
  return at == text.size() || (text[at] & 0xc0) != 0x80;
}

} // namespace

TokenizerData::TokenizerData(std::span<const std::byte> blob) {
  Reader reader(blob);
  header_ = reader.array<format::Header>(1, "header")[0];
  check(std::memcmp(header_.magic, format::magic, sizeof header_.magic) == 0, "magic");
  if (header_.version != format::version)
    fail("tokenizer.cria: version: {} is not {}", header_.version, format::version);
  check(header_.ids > 0 && header_.ids <= format::maxIds, "ids");
  check(header_.rawAdded <= header_.added, "rawAdded");
  check(header_.unknown == format::none || header_.unknown < header_.ids, "unknown");
  tokenEnds_ = reader.array<uint32_t>(header_.ids, "tokenEnds");
  vocab_ = reader.array<uint32_t>(header_.vocab, "vocab");
  mergeStarts_ = reader.array<uint32_t>(header_.ids + 1, "mergeStarts");
  merges_ = reader.array<Merge>(header_.merges, "merges");
  added_ = reader.array<format::Added>(header_.added, "added");
  prefix_ = reader.array<uint32_t>(header_.prefix, "prefix");
  suffix_ = reader.array<uint32_t>(header_.suffix, "suffix");
  check(header_.normalizers <= format::maxSteps && header_.preTokenizers <= format::maxSteps &&
            header_.decoders <= format::maxSteps,
        "steps");
  auto steps = reader.array<format::Step>(
      header_.normalizers + header_.preTokenizers + header_.decoders, "steps");
  program_ = reader.vector<format::Instruction>(header_.program, "program");
  setEnds_ = reader.vector<uint32_t>(header_.sets, "setEnds");
  ranges_ = reader.vector<format::Range>(header_.ranges, "ranges");
  tokenText_ = reader.text(header_.tokenText, "tokenText");
  addedText_ = reader.text(header_.addedText, "addedText");
  std::string_view stepText = reader.text(header_.stepText, "stepText");
  check(reader.atEnd(), "end");

  checkTokens();
  checkMerges();
  checkAdded();
  for (const auto &affix : {prefix_, suffix_})
    for (uint32_t i = 0; i < affix.size(); ++i)
      check(affix[i] < ids(), "prefix or suffix");
  checkProgram();
  readSteps(steps, stepText);
}

void TokenizerData::checkTokens() const {
  for (uint32_t id = 0, begin = 0; id < ids(); begin = tokenEnds_[id++]) {
    check(tokenEnds_[id] >= begin && tokenEnds_[id] <= tokenText_.size(), "tokenEnds");
    check(isBoundary(tokenText_, tokenEnds_[id]), "tokenEnds");
  }
  std::string_view before;
  for (uint32_t i = 0; i < vocab_.size(); ++i) {
    check(vocab_[i] < ids() && (i == 0 || before < token(vocab_[i])), "vocab");
    before = token(vocab_[i]);
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
    check(isBoundary(addedText_, added_[i].textEnd), "added");
    check(i == 0 || i == header_.rawAdded || added(i - 1).text < added(i).text, "added");
  }
}

void TokenizerData::checkProgram() const {
  for (uint32_t i = 0, begin = 0; i < sets(); begin = setEnds_[i++]) {
    check(setEnds_[i] >= begin && setEnds_[i] <= ranges_.size(), "setEnds");
    for (uint32_t at = begin; at < setEnds_[i]; ++at)
      check(ranges_[at].first <= ranges_[at].last &&
                (at == begin || ranges_[at - 1].last < ranges_[at].first),
            "ranges");
  }
  check(header_.wordSet == format::none || header_.wordSet < sets(), "wordSet");
  check(isGoodProgram(program_, sets()), "program");
}

void TokenizerData::readSteps(const PackedArray<format::Step> &steps, std::string_view text) {
  for (uint32_t i = 0, begin = 0; i < steps.size(); begin = steps[i++].textEnd) {
    format::Step step = steps[i];
    check(step.textEnd >= begin && step.textEnd <= text.size(), "steps");
    check(isBoundary(text, step.textEnd), "steps");
    StepPlace place = i < header_.normalizers                           ? StepPlace::normalizer
                      : i < header_.normalizers + header_.preTokenizers ? StepPlace::preTokenizer
                                                                        : StepPlace::decoder;
    check(isGoodStep(step, place, program_.size()), "steps");
    steps_.push_back({step.kind, step.a, step.b, step.c, text.substr(begin, step.textEnd - begin)});
  }
}

std::string_view TokenizerData::token(uint32_t id) const {
  uint32_t begin = id == 0 ? 0 : tokenEnds_[id - 1];
  return tokenText_.substr(begin, tokenEnds_[id] - begin);
}

std::optional<uint32_t> TokenizerData::unknown() const {
  return header_.unknown == format::none ? std::nullopt : std::optional(header_.unknown);
}

std::optional<uint32_t> TokenizerData::find(std::string_view text) const {
  uint32_t at = lowerBound(0, vocab_.size(), [&](uint32_t i) { return token(vocab_[i]) < text; });
  if (at == vocab_.size() || token(vocab_[at]) != text)
    return std::nullopt;
  return vocab_[at];
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
  auto flag = [&](uint32_t which) { return (entry.flags & which) != 0; };
  return {addedText_.substr(begin, entry.textEnd - begin),
          entry.id,
          flag(format::Added::special),
          flag(format::Added::lstrip),
          flag(format::Added::rstrip),
          flag(format::Added::singleWord)};
}

std::span<const TokenizerData::Step> TokenizerData::normalizers() const {
  return std::span(steps_).first(header_.normalizers);
}
std::span<const TokenizerData::Step> TokenizerData::preTokenizers() const {
  return std::span(steps_).subspan(header_.normalizers, header_.preTokenizers);
}
std::span<const TokenizerData::Step> TokenizerData::decoders() const {
  return std::span(steps_).last(header_.decoders);
}

std::span<const format::Range> TokenizerData::set(uint32_t i) const {
  uint32_t begin = i == 0 ? 0 : setEnds_[i - 1];
  return std::span(ranges_).subspan(begin, setEnds_[i] - begin);
}

} // namespace cria::rt
