//===- TokenizerJson.cpp - tokenizer.json to tokenizer.cria ---------------===//
#include "import/tokenizer/TokenizerJson.h"
#include "import/tokenizer/AddedTokenReader.h"
#include "import/tokenizer/ModelReader.h"
#include "import/tokenizer/TokenizerConfig.h"
#include "import/tokenizer/TokenizerDocument.h"
#include "import/tokenizer/TokenizerSteps.h"
#include "runtime/Fail.h"

namespace cria::import {

using nlohmann::json;

namespace {

constexpr size_t mostBytes = 256 << 20;

/// A text with each token that the post-processor adds must be of use.
void checkAffixes(const Fields &root, const TokenizerParts &parts, std::int64_t vocab) {
  for (const auto *affix : {&parts.prefix, &parts.suffix})
    for (std::uint32_t id : *affix)
      if (id >= vocab)
        root.refuse("post_processor",
                    fmt::format("adds the id {}, and the model has {} ids", id, vocab));
}

/// Tokens that the model has no row for.
void warnOfPastVocab(const Fields &root, const TokenizerParts &parts, std::int64_t vocab,
                     std::vector<std::string> &warnings) {
  auto first = parts.tokens.lower_bound(static_cast<std::uint32_t>(vocab));
  if (first == parts.tokens.end())
    return;
  auto count = std::distance(first, parts.tokens.end());
  warnings.push_back(root.describe(
      "added_tokens", fmt::format("\"{}\" has the id {}, and the model has {} ids ({} such "
                                  "tokens): text that has it is refused when it is run",
                                  rt::printable(first->second), first->first, vocab, count)));
}

} // namespace

TokenizerParts readDocument(const Fields &root, std::vector<std::string> &warnings) {
  TokenizerParts parts;
  readModel(root.object("model"), parts);
  if (root.find("normalizer"))
    readNormalizer(root.object("normalizer"), parts);
  readAddedTokens(root, parts, warnings);
  if (root.find("pre_tokenizer"))
    readPreTokenizer(root.object("pre_tokenizer"), parts);
  if (root.find("post_processor"))
    readPostProcessor(root.object("post_processor"), parts);
  if (root.find("decoder"))
    readDecoder(root.object("decoder"), parts);
  else
    parts.decoders.push_back({.kind = rt::tokenizer_format::StepKind::joinWithSpaces});
  return parts;
}

TokenizerFile finishTokenizer(const Fields &root, TokenizerParts parts, std::int64_t vocab,
                              std::vector<std::string> warnings) {
  checkAffixes(root, parts, vocab);
  warnOfPastVocab(root, parts, vocab, warnings);
  return {pack(std::move(parts)), std::move(warnings)};
}

TokenizerFile readTokenizer(const std::filesystem::path &file, std::int64_t vocab) {
  json document = readJson(file, mostBytes);
  Fields root(document, file.native());
  std::vector<std::string> warnings;
  TokenizerParts parts = readDocument(root, warnings);
  TokenizerFile read = finishTokenizer(root, std::move(parts), vocab, std::move(warnings));
  warnOfTransformers(root, file.parent_path(), read.warnings);
  return read;
}

} // namespace cria::import
