//===- UnicodeForms.cpp - Unicode normalization forms, lower case ---------===//
#include "runtime/tokenizer/UnicodeForms.h"
#include "runtime/Utf8.h"
#include "runtime/tokenizer/UnicodeTables.h"
#include <algorithm>
#include <tuple>
#include <vector>

namespace cria::rt {

using tokenizer_format::UnicodeForm;

namespace {

/// The entry of a table for `code`, or null.
template <class Entry>
const Entry *find(std::span<const Entry> table, char32_t code) {
  auto at = std::lower_bound(table.begin(), table.end(), code,
                             [](const Entry &entry, char32_t c) { return entry.code < c; });
  return at != table.end() && at->code == code ? &*at : nullptr;
}

std::span<const char32_t> textOf(const unicode::Mapping &mapping) {
  return unicode::texts().subspan(mapping.at, mapping.length);
}

uint8_t combiningClass(char32_t code) {
  if (code < 0x300)
    return 0;
  const unicode::Mark *mark = find(unicode::marks(), code);
  return mark ? mark->combiningClass : 0;
}

/// Hangul syllables, by the Unicode Standard, section 3.12.
namespace hangul {
constexpr char32_t syllables = 0xac00, leads = 0x1100, vowels = 0x1161, tails = 0x11a7;
constexpr char32_t leadCount = 19, vowelCount = 21, tailCount = 28;

bool decompose(char32_t code, std::vector<char32_t> &out) {
  if (code < syllables || code >= syllables + leadCount * vowelCount * tailCount)
    return false;
  char32_t index = code - syllables;
  out.push_back(leads + index / (vowelCount * tailCount));
  out.push_back(vowels + index / tailCount % vowelCount);
  if (index % tailCount)
    out.push_back(tails + index % tailCount);
  return true;
}

char32_t compose(char32_t first, char32_t second) {
  if (first >= leads && first < leads + leadCount && second >= vowels &&
      second < vowels + vowelCount)
    return syllables + ((first - leads) * vowelCount + (second - vowels)) * tailCount;
  bool open = first >= syllables && first < syllables + leadCount * vowelCount * tailCount &&
              (first - syllables) % tailCount == 0;
  return open && second > tails && second < tails + tailCount ? first + (second - tails) : 0;
}
} // namespace hangul

/// Brings marks into the order of their classes; those of one class keep theirs.
void orderMarks(std::vector<char32_t> &codes) {
  std::vector<std::tuple<uint8_t, size_t, char32_t>> run; // class, place, mark
  auto flush = [&](size_t end) {
    std::sort(run.begin(), run.end());
    for (size_t i = 0; i < run.size(); ++i)
      codes[end - run.size() + i] = std::get<2>(run[i]);
    run.clear();
  };
  for (size_t at = 0; at < codes.size(); ++at)
    if (uint8_t rank = combiningClass(codes[at]))
      run.emplace_back(rank, at, codes[at]);
    else
      flush(at);
  flush(codes.size());
}

std::vector<char32_t> decompose(std::string_view text, bool compatibility) {
  std::vector<char32_t> codes;
  codes.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    auto [code, length] = codePointAt(text, at);
    at += length;
    if (code < 0x80) {
      codes.push_back(code);
      continue;
    }
    const unicode::Mapping *mapping =
        compatibility ? find(unicode::compatibility(), code) : nullptr;
    if (!mapping)
      mapping = find(unicode::canonical(), code);
    if (mapping)
      codes.insert(codes.end(), textOf(*mapping).begin(), textOf(*mapping).end());
    else if (!hangul::decompose(code, codes))
      codes.push_back(code);
  }
  orderMarks(codes);
  return codes;
}

/// The one character that two make, or 0.
char32_t composed(char32_t first, char32_t second) {
  if (char32_t syllable = hangul::compose(first, second))
    return syllable;
  auto table = unicode::compositions();
  auto at = std::lower_bound(table.begin(), table.end(), std::pair(first, second),
                             [](const unicode::Pair &pair, const auto &wanted) {
                               return std::pair(pair.first, pair.second) < wanted;
                             });
  bool found = at != table.end() && at->first == first && at->second == second;
  return found ? at->whole : 0;
}

/// Joins each starter with the marks after it that nothing blocks.
void compose(std::vector<char32_t> &codes) {
  constexpr size_t none = SIZE_MAX;
  size_t starter = none, kept = 0;
  int lastClass = -1; // of what was kept after the starter; -1 is nothing
  for (char32_t code : codes) {
    int mark = combiningClass(code);
    if (starter != none && lastClass < mark)
      if (char32_t whole = composed(codes[starter], code)) {
        codes[starter] = whole;
        continue;
      }
    if (mark == 0) {
      starter = kept;
      lastClass = -1;
    } else {
      lastClass = mark;
    }
    codes[kept++] = code;
  }
  codes.resize(kept);
}

bool isAscii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
}

} // namespace

std::string toUnicodeForm(std::string_view text, UnicodeForm form) {
  if (isAscii(text))
    return std::string(text);
  bool compatibility = form == UnicodeForm::nfkc || form == UnicodeForm::nfkd;
  auto codes = decompose(text, compatibility);
  if (form == UnicodeForm::nfc || form == UnicodeForm::nfkc)
    compose(codes);
  std::string out;
  out.reserve(text.size());
  for (char32_t code : codes)
    appendUtf8(out, code);
  return out;
}

std::string toLowercase(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    auto [code, length] = codePointAt(text, at);
    if (const unicode::Mapping *mapping = find(unicode::lowercase(), code))
      for (char32_t lower : textOf(*mapping))
        appendUtf8(out, lower);
    else
      out += text.substr(at, length);
    at += length;
  }
  return out;
}

} // namespace cria::rt
