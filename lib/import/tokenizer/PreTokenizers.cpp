//===- PreTokenizers.cpp - pre_tokenizer of tokenizer.json ----------------===//
#include "import/tokenizer/TokenizerSteps.h"

namespace cria::import {

using nlohmann::json;
using rt::tokenizer_format::PrependScheme;
using rt::tokenizer_format::SplitBehavior;
using rt::tokenizer_format::StepKind;

namespace {

/// GPT-2's pattern, which ByteLevel applies itself if it is told to.
constexpr const char *byteLevelPattern =
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";

void addSplit(TokenizerParts &parts, std::uint32_t program, SplitBehavior behavior, bool invert) {
  parts.preTokenizers.push_back({.kind = StepKind::split,
                                 .a = program,
                                 .b = static_cast<std::uint32_t>(behavior),
                                 .c = invert});
}

void addSetSplit(TokenizerParts &parts, const CharSet &set, SplitBehavior behavior) {
  std::uint32_t program = compilePattern({.kind = Pattern::set, .characters = set}, parts.programs);
  addSplit(parts, program, behavior, false);
}

SplitBehavior readBehavior(const Fields &step, std::optional<std::string> otherwise = {}) {
  constexpr std::pair<std::string_view, SplitBehavior> behaviors[] = {
      {"Isolated", SplitBehavior::isolated},
      {"Removed", SplitBehavior::removed},
      {"MergedWithPrevious", SplitBehavior::mergedWithPrevious},
      {"MergedWithNext", SplitBehavior::mergedWithNext},
      {"Contiguous", SplitBehavior::contiguous}};
  auto name = step.text("behavior", std::move(otherwise));
  for (auto [known, behavior] : behaviors)
    if (name == known)
      return behavior;
  step.refuse("behavior", json(name),
              "is not supported (Isolated, Removed, MergedWithPrevious, MergedWithNext, "
              "Contiguous)");
}

void readByteLevel(const Fields &step, TokenizerParts &parts) {
  if (step.flag("add_prefix_space"))
    parts.preTokenizers.push_back({.kind = StepKind::prefixSpace});
  if (step.flag("use_regex", true))
    addSplit(parts, compilePattern(parsePattern(byteLevelPattern), parts.programs),
             SplitBehavior::isolated, false);
  parts.preTokenizers.push_back({.kind = StepKind::byteLevel});
}

PrependScheme readScheme(const Fields &step) {
  constexpr std::pair<std::string_view, PrependScheme> schemes[] = {
      {"first", PrependScheme::first},
      {"always", PrependScheme::always},
      {"never", PrependScheme::never}};
  auto name = step.text("prepend_scheme", "always");
  bool prefix = step.flag("add_prefix_space", true);
  for (auto [known, scheme] : schemes)
    if (name == known) {
      if (!prefix && step.find("prepend_scheme") && scheme != PrependScheme::never)
        step.refuse("add_prefix_space", "false contradicts prepend_scheme");
      return prefix ? scheme : PrependScheme::never;
    }
  step.refuse("prepend_scheme", json(name), "is not supported (first, always, never)");
}

void readMetaspace(const Fields &step, TokenizerParts &parts) {
  char32_t mark = readCharacter(step, "replacement");
  parts.preTokenizers.push_back(
      {.kind = StepKind::metaspace, .a = mark, .b = static_cast<std::uint32_t>(readScheme(step))});
  if (step.flag("split", true))
    addSetSplit(parts, CharSet(mark, mark), SplitBehavior::mergedWithNext);
}

} // namespace

void readPreTokenizer(const Fields &step, TokenizerParts &parts) {
  auto type = step.text("type");
  if (type == "Sequence") {
    for (size_t i = 0; i < step.list("pretokenizers").size(); ++i)
      readPreTokenizer(step.item("pretokenizers", i), parts);
  } else if (type == "ByteLevel") {
    readByteLevel(step, parts);
  } else if (type == "Split") {
    SplitBehavior behavior = readBehavior(step);
    bool invert = step.flag("invert", false);
    addSplit(parts, readPattern(step, parts), behavior, invert);
  } else if (type == "Digits") {
    addSetSplit(parts, namedSet("rustnumeric"),
                step.flag("individual_digits", false) ? SplitBehavior::isolated
                                                      : SplitBehavior::contiguous);
  } else if (type == "Metaspace") {
    readMetaspace(step, parts);
  } else if (type == "Punctuation") {
    addSetSplit(parts, namedSet("rustpunctuation"), readBehavior(step, "Isolated"));
  } else if (type == "WhitespaceSplit" || type == "BertPreTokenizer") {
    addSetSplit(parts, namedSet("rustspace"), SplitBehavior::removed);
    if (type == "BertPreTokenizer")
      addSetSplit(parts, namedSet("rustpunctuation"), SplitBehavior::isolated);
  } else if (type == "Whitespace") { // \w+|[^\w\s]+, and what is left goes
    CharSet word = namedSet("rustword");
    Pattern words{.kind = Pattern::repeat, .least = 1, .most = rt::tokenizer_format::none};
    words.parts.push_back({.kind = Pattern::set, .characters = word});
    Pattern signs = words;
    signs.parts[0].characters = ~(word | namedSet("rustspace"));
    Pattern either{.kind = Pattern::choice};
    either.parts = {std::move(words), std::move(signs)};
    addSplit(parts, compilePattern(either, parts.programs), SplitBehavior::removed, true);
  } else {
    refuseType(step, "BertPreTokenizer, ByteLevel, Digits, Metaspace, Punctuation, Split, "
                     "Whitespace, WhitespaceSplit, Sequence");
  }
}

} // namespace cria::import
