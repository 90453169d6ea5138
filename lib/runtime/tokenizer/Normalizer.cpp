//===- Normalizer.cpp - Text to normalized text ---------------------------===//
#include "runtime/tokenizer/Normalizer.h"
#include "runtime/Fail.h"
#include "runtime/Utf8.h"
#include "runtime/tokenizer/UnicodeForms.h"

namespace cria::rt {

using namespace tokenizer_format;

namespace {

/// Texts may not grow without end.
constexpr size_t mostBytes = INT32_MAX;

void strip(uint32_t ends, Normalizer::Result &result) {
  std::string_view text = result.text;
  size_t begin = ends & 1 ? spaceAtStart(text) : 0;
  text.remove_prefix(begin);
  if (ends & 2)
    text.remove_suffix(spaceAtEnd(text));
  result.keepsStart &= begin == 0;
  result.text = std::string(text);
}

} // namespace

std::string replaceMatches(const TokenizerData &data, const CharacterSets &sets,
                           const TokenizerData::Step &step, std::string_view text) {
  std::string out;
  Matcher matcher(data, sets, text);
  size_t at = 0;
  while (at < text.size()) {
    auto match = matcher.find(step.a, at);
    if (!match)
      break;
    out += text.substr(at, match->begin - at);
    out += step.text;
    if (out.size() > mostBytes)
      fail("tokenizer: a replacement makes more than {} bytes of a text", mostBytes);
    at = match->end;
  }
  return out += text.substr(at);
}

Normalizer::Result Normalizer::normalize(std::string_view text) const {
  Result result{std::string(text), true};
  for (const TokenizerData::Step &step : data_.normalizers())
    switch (step.kind) {
    case StepKind::unicodeForm:
      result.text = toUnicodeForm(result.text, UnicodeForm(step.a));
      break;
    case StepKind::lowercase:
      result.text = toLowercase(result.text);
      break;
    case StepKind::stripSpace:
      strip(step.a, result);
      break;
    case StepKind::prepend:
      if (!result.text.empty())
        result.text.insert(0, step.text);
      break;
    default: // replace; what it deletes at the beginning is gone from the input, too
      if (step.text.empty() && !result.text.empty())
        if (auto match = Matcher(data_, sets_, result.text).find(step.a, 0))
          result.keepsStart &= match->begin > 0;
      result.text = replaceMatches(data_, sets_, step, result.text);
    }
  return result;
}

} // namespace cria::rt
