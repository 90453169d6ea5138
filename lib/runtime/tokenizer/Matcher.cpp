//===- Matcher.cpp - Runs the patterns of a tokenizer ---------------------===//
#include "runtime/tokenizer/Matcher.h"
#include "runtime/Fail.h"
#include "runtime/Utf8.h"
#include <algorithm>

namespace cria::rt {

using namespace tokenizer_format;

namespace {

/// Patterns that split text take a few steps per byte.
constexpr uint64_t baseSteps = 1'000'000, stepsPerByte = 1'000;
/// Look-around and atomic groups inside each other.
constexpr int maxDepth = 64;

} // namespace

CharacterSets::CharacterSets(const TokenizerData &data) : data_(data), ascii_(data.sets()) {
  for (uint32_t set = 0; set < data.sets(); ++set)
    for (Range range : data.set(set))
      for (uint32_t code = range.first; code <= std::min(range.last, 127U); ++code)
        ascii_[set][code / 64] |= uint64_t(1) << code % 64;
}

bool CharacterSets::contains(uint32_t set, char32_t code) const {
  if (code < 128)
    return (ascii_[set][code / 64] >> code % 64 & 1) != 0;
  auto ranges = data_.set(set);
  auto after = std::upper_bound(ranges.begin(), ranges.end(), code,
                                [](char32_t c, const Range &range) { return c < range.first; });
  return after != ranges.begin() && code <= (after - 1)->last;
}

Matcher::Matcher(const TokenizerData &data, const CharacterSets &sets, std::string_view text)
    : data_(data), sets_(sets), text_(text), stepsLeft_(baseSteps + stepsPerByte * text.size()) {}

std::optional<Matcher::Match> Matcher::find(uint32_t program, size_t from) {
  for (size_t at = from; at < text_.size(); at += codePointAt(text_, at).length)
    if (auto end = run(program, at, 0); end && *end > at)
      return Match{at, *end};
  return std::nullopt;
}

void Matcher::count(uint64_t steps) {
  if (steps > stepsLeft_)
    fail("tokenizer: a split pattern takes too many steps on a text of {} bytes", text_.size());
  stepsLeft_ -= steps;
}

/// Runs until the first `match`; the place in the text where it stands.
std::optional<size_t> Matcher::run(uint32_t instruction, size_t at, int depth) {
  if (depth > maxDepth)
    fail("tokenizer: a split pattern is nested deeper than {}", maxDepth);
  size_t bottom = choices_.size();
  std::optional<size_t> end;
  for (;;) {
    count(1);
    const Instruction &code = data_.program()[instruction];
    if (code.op == Op::match) {
      end = at;
      break;
    }
    if (!step(code, instruction, at, depth) && !backtrack(bottom, instruction, at))
      break;
  }
  choices_.resize(bottom);
  return end;
}

bool Matcher::step(const Instruction &code, uint32_t &instruction, size_t &at, int depth) {
  switch (code.op) {
  case Op::character: {
    if (at == text_.size())
      return false;
    auto [value, length] = codePointAt(text_, at);
    if (value != code.a)
      return false;
    at += length;
    ++instruction;
    return true;
  }
  case Op::set:
    ++instruction;
    return takes(code.a, at, at);
  case Op::repeat:
  case Op::repeatLazy:
  case Op::repeatPossessive:
    return repeat(code, instruction, at);
  case Op::jump:
    instruction = code.a;
    return true;
  case Op::split:
    choices_.push_back({code.b, at, at, 0});
    instruction = code.a;
    return true;
  case Op::look:
  case Op::behind:
    return look(code, instruction, at, depth);
  case Op::assertion:
    ++instruction;
    return holds(code, at);
  default:
    return false;
  }
}

/// Whether a character of `set` stands at `at`; it ends at `end`.
bool Matcher::takes(uint32_t set, size_t at, size_t &end) const {
  if (at == text_.size())
    return false;
  auto [value, length] = codePointAt(text_, at);
  if (!sets_.contains(set, value))
    return false;
  end = at + length;
  return true;
}

bool Matcher::repeat(const Instruction &code, uint32_t &instruction, size_t &at) {
  uint32_t taken = 0;
  while (taken < code.b && takes(code.a, at, at))
    ++taken;
  if (taken < code.b)
    return false;
  uint32_t self = instruction++;
  if (code.op == Op::repeatLazy) {
    if (taken < code.c)
      choices_.push_back({self, at, at, code.c == none ? none : code.c - taken});
    return true;
  }
  size_t least = at;
  while (taken < code.c && takes(code.a, at, at))
    ++taken;
  count(taken);
  if (code.op == Op::repeat && at > least)
    choices_.push_back({self, at, least, 0});
  return true;
}

/// Takes the last choice back and goes the other way; false if there is none above `bottom`.
bool Matcher::backtrack(size_t bottom, uint32_t &instruction, size_t &at) {
  while (choices_.size() > bottom) {
    Choice &last = choices_.back();
    const Instruction &code = data_.program()[last.instruction];
    if (last.more > 0) { // a lazy repetition takes one more
      count(1);
      if (!takes(code.a, last.at, last.at)) {
        choices_.pop_back();
        continue;
      }
      at = last.at;
      instruction = last.instruction + 1;
      if (last.more != none && --last.more == 0)
        choices_.pop_back();
      return true;
    }
    if (last.low < last.at) { // a greedy repetition gives one back
      at = last.at = previousCharacter(text_, last.at);
      instruction = last.instruction + 1;
      if (last.at == last.low)
        choices_.pop_back();
      return true;
    }
    at = last.at;
    instruction = last.instruction;
    choices_.pop_back();
    return true;
  }
  return false;
}

bool Matcher::look(const Instruction &code, uint32_t &instruction, size_t &at, int depth) {
  size_t begin = at;
  bool far = true;
  if (code.op == Op::behind)
    for (uint32_t i = 0; i < code.c && far; ++i) {
      far = begin > 0;
      if (far)
        begin = previousCharacter(text_, begin);
    }
  std::optional<size_t> end = far ? run(instruction + 1, begin, depth + 1) : std::nullopt;
  instruction = code.a;
  if (Look(code.b) == Look::negative)
    return !end;
  if (end && Look(code.b) == Look::atomic)
    at = *end;
  return end.has_value();
}

bool Matcher::isWord(uint32_t set, size_t at) const {
  return at < text_.size() && sets_.contains(set, codePointAt(text_, at).value);
}

bool Matcher::holds(const Instruction &code, size_t at) const {
  bool start = at == 0, end = at == text_.size();
  auto boundary = [&] {
    bool before = !start && isWord(code.b, previousCharacter(text_, at));
    return before != isWord(code.b, at);
  };
  switch (Assertion(code.a)) {
  case Assertion::lineStart: // after a line break at the very end there is no line
    return start || (!end && text_[at - 1] == '\n');
  case Assertion::lineEnd:
    return end || text_[at] == '\n';
  case Assertion::textStart:
    return start;
  case Assertion::textEnd:
    return end;
  case Assertion::textEndOrNewline:
    return end || (at + 1 == text_.size() && text_[at] == '\n');
  case Assertion::wordBoundary:
    return boundary();
  case Assertion::notWordBoundary:
    return !boundary();
  default:
    return false;
  }
}

} // namespace cria::rt
