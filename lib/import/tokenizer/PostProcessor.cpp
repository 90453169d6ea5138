//===- PostProcessor.cpp - post_processor of tokenizer.json ---------------===//
#include "import/tokenizer/TokenizerSteps.h"

namespace cria::import {

using nlohmann::json;

namespace {

std::uint32_t knownId(const Fields &fields, const std::string &field, const json &value,
                      const TokenizerParts &parts) {
  auto id = static_cast<std::uint32_t>(
      fields.asInteger(field, value, 0, rt::tokenizer_format::maxIds - 1));
  if (!parts.tokens.contains(id))
    fields.refuse(field, value, "is not the id of a token");
  return id;
}

/// Steps of a sequence put their tokens around those of the steps before.
void surround(TokenizerParts &parts, const std::vector<std::uint32_t> &before,
              const std::vector<std::uint32_t> &after) {
  parts.prefix.insert(parts.prefix.begin(), before.begin(), before.end());
  parts.suffix.insert(parts.suffix.end(), after.begin(), after.end());
}

void readTemplate(const Fields &step, TokenizerParts &parts) {
  std::vector<std::uint32_t> before, after;
  bool seen = false;
  for (size_t i = 0; i < step.list("single").size(); ++i) {
    Fields item = step.item("single", i);
    if (item.find("Sequence")) {
      if (auto id = item.object("Sequence").text("id"); id != "A" || seen)
        item.refuse("Sequence.id", json(id), "is not supported (A, once)");
      seen = true;
      continue;
    }
    auto name = item.object("SpecialToken").text("id");
    Fields token = step.object("special_tokens").object(name);
    for (const json &id : token.list("ids"))
      (seen ? after : before).push_back(knownId(token, "ids", id, parts));
  }
  if (!seen)
    step.refuse("single", "has no Sequence A");
  surround(parts, before, after);
}

/// ["<s>", 0], whose number counts.
std::uint32_t readPair(const Fields &step, const char *field, const TokenizerParts &parts) {
  const json &pair = step.list(field);
  if (pair.size() != 2)
    step.refuse(field, pair, "is not a token and its id");
  return knownId(step, field, pair[1], parts);
}

} // namespace

void readPostProcessor(const Fields &step, TokenizerParts &parts) {
  auto type = step.text("type");
  if (type == "Sequence") {
    for (size_t i = 0; i < step.list("processors").size(); ++i)
      readPostProcessor(step.item("processors", i), parts);
  } else if (type == "TemplateProcessing") {
    readTemplate(step, parts);
  } else if (type == "BertProcessing" || type == "RobertaProcessing") {
    surround(parts, {readPair(step, "cls", parts)}, {readPair(step, "sep", parts)});
  } else if (type != "ByteLevel") { // which changes offsets only
    refuseType(step, "BertProcessing, ByteLevel, RobertaProcessing, TemplateProcessing, Sequence");
  }
}

} // namespace cria::import
