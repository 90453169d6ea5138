//===- ModelReader.cpp - model of tokenizer.json --------------------------===//
#include "import/tokenizer/ModelReader.h"
#include "runtime/Fail.h"

namespace cria::import {

using nlohmann::json;
using rt::printable;
using rt::tokenizer_format::Header;

namespace {

std::string quote(std::string_view text) { return "\"" + printable(text) + "\""; }

void readVocabulary(const Fields &vocab, TokenizerParts &parts) {
  for (const auto &[token, value] : vocab.value().items()) {
    auto id = static_cast<std::uint32_t>(
        vocab.asInteger(token, value, 0, rt::tokenizer_format::maxIds - 1));
    if (auto [other, isNew] = parts.tokens.emplace(id, token); !isNew)
      vocab.refuse(token, fmt::format("{} is the id of {} too", id, quote(other->second)));
    parts.vocab.push_back(id);
  }
}

/// "a b" in older files, ["a", "b"] in newer ones.
std::pair<std::string, std::string> mergeParts(const Fields &model, const std::string &field,
                                               const json &merge) {
  if (merge.is_string()) {
    const auto &text = merge.get_ref<const std::string &>();
    size_t space = text.find(' ');
    if (space == 0 || space >= text.size() - 1 || text.find(' ', space + 1) != text.npos)
      model.refuse(field, merge, "is not two tokens with a space between");
    return {text.substr(0, space), text.substr(space + 1)};
  }
  if (!merge.is_array() || merge.size() != 2 || !merge[0].is_string() || !merge[1].is_string())
    model.refuse(field, merge, "is not a pair of tokens");
  return {merge[0].get<std::string>(), merge[1].get<std::string>()};
}

void readMerges(const Fields &model, const json &vocab, TokenizerParts &parts) {
  const json &merges = model.list("merges");
  for (size_t i = 0; i < merges.size(); ++i) {
    if (merges[i].is_string() && merges[i].get_ref<const std::string &>().starts_with("#version"))
      continue;
    std::string field = fmt::format("merges[{}]", i);
    auto [left, right] = mergeParts(model, field, merges[i]);
    auto id = [&](const std::string &token) {
      auto found = vocab.find(token);
      if (found == vocab.end())
        model.refuse(field, fmt::format("{} {}: {} is not in the vocabulary", quote(left),
                                        quote(right), quote(token)));
      return found->get<std::uint32_t>();
    };
    auto rank = static_cast<std::uint32_t>(parts.merges.size());
    parts.merges.push_back({id(left), id(right), id(left + right), rank});
  }
}

/// Whether each byte has its token <0xNN>.
bool hasAllBytes(const json &vocab) {
  for (unsigned byte = 0; byte < 256; ++byte)
    if (!vocab.contains(fmt::format("<0x{:02X}>", byte)))
      return false;
  return true;
}

void readUnknown(const Fields &model, const json &vocab, TokenizerParts &parts) {
  auto token = model.text("unk_token", "");
  if (!model.find("unk_token"))
    return;
  auto found = vocab.find(token);
  if (found != vocab.end())
    parts.unknown = found->get<std::uint32_t>();
  else if (!(parts.flags & Header::byteFallback) || !hasAllBytes(vocab))
    model.refuse("unk_token", json(token), "is not in the vocabulary");
}

} // namespace

void readModel(const Fields &model, TokenizerParts &parts) {
  if (auto type = model.text("type", "BPE"); type != "BPE")
    model.refuse("type", json(type), "is not supported (BPE)");
  for (const char *affix : {"continuing_subword_prefix", "end_of_word_suffix"})
    if (auto text = model.text(affix, ""); !text.empty())
      model.refuse(affix, json(text), "is not supported");
  if (model.number("dropout", 0, 1, 0) != 0)
    model.refuse("dropout", *model.find("dropout"), "is not supported: it makes ids random");
  constexpr std::pair<const char *, std::uint32_t> flags[] = {
      {"byte_fallback", Header::byteFallback},
      {"fuse_unk", Header::fuseUnknown},
      {"ignore_merges", Header::ignoreMerges}};
  for (auto [field, flag] : flags)
    if (model.flag(field, false))
      parts.flags |= flag;
  Fields vocab = model.object("vocab");
  readVocabulary(vocab, parts);
  if (parts.tokens.empty())
    model.refuse("vocab", "has no tokens");
  readUnknown(model, vocab.value(), parts);
  if (!model.find("merges"))
    model.refuse("merges", "missing");
  readMerges(model, vocab.value(), parts);
}

} // namespace cria::import
