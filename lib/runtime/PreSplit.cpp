#include "runtime/PreSplit.h"
#include "runtime/Fail.h"
#include <algorithm>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace cria::rt {
namespace {

/// Steps back are at most a few a byte for patterns that split text.
constexpr uint64_t baseSteps = 100'000, stepsPerByte = 32;
constexpr uint32_t mostHeapKiB = 512 << 10;

using MatchData = std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)>;
using MatchContext = std::unique_ptr<pcre2_match_context, decltype(&pcre2_match_context_free)>;

std::string describe(int error) {
  PCRE2_UCHAR text[200];
  pcre2_get_error_message(error, text, sizeof text);
  return reinterpret_cast<const char *>(text);
}

MatchContext makeContext(size_t textBytes) {
  MatchContext context(pcre2_match_context_create(nullptr), pcre2_match_context_free);
  if (!context)
    throw std::bad_alloc();
  uint64_t steps = std::min<uint64_t>(baseSteps + stepsPerByte * textBytes, UINT32_MAX);
  pcre2_set_match_limit(context.get(), static_cast<uint32_t>(steps));
  pcre2_set_heap_limit(context.get(), mostHeapKiB);
  return context;
}

} // namespace

void PreSplit::Free::operator()(pcre2_code *code) const { pcre2_code_free(code); }

PreSplit::PreSplit(std::string_view pattern) {
  if (pattern.empty())
    return;
  int error;
  PCRE2_SIZE offset;
  code_.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                            PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &error, &offset,
                            nullptr));
  if (!code_)
    fail("tokenizer: split pattern: {} at byte {}", describe(error), offset);
  uint32_t matchesEmpty;
  pcre2_pattern_info(code_.get(), PCRE2_INFO_MATCHEMPTY, &matchesEmpty);
  if (matchesEmpty)
    fail("tokenizer: split pattern: matches the empty text");
}

std::vector<std::string_view> PreSplit::split(std::string_view text) const {
  std::vector<std::string_view> words;
  if (!code_ || text.empty()) {
    if (!text.empty())
      words.push_back(text);
    return words;
  }
  MatchData match(pcre2_match_data_create(1, nullptr), pcre2_match_data_free);
  if (!match)
    throw std::bad_alloc();
  MatchContext context = makeContext(text.size());
  const PCRE2_SIZE *found = pcre2_get_ovector_pointer(match.get());
  for (size_t at = 0; at < text.size(); at = found[1]) {
    int result = pcre2_match(code_.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                             at, PCRE2_NO_UTF_CHECK, match.get(), context.get());
    if (result == PCRE2_ERROR_NOMATCH) {
      words.push_back(text.substr(at));
      break;
    }
    // \K and look-behind can bend a match; such a pattern does not split.
    if (result < 0 || found[0] < at || found[1] <= found[0])
      fail("tokenizer: split pattern: {} at byte {} of the text",
           result < 0 ? describe(result) : "no progress", at);
    if (found[0] > at)
      words.push_back(text.substr(at, found[0] - at));
    words.push_back(text.substr(found[0], found[1] - found[0]));
  }
  return words;
}

} // namespace cria::rt
