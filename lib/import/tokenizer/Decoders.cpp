//===- Decoders.cpp - decoder of tokenizer.json ---------------------------===//
#include "import/tokenizer/TokenizerSteps.h"

namespace cria::import {

using nlohmann::json;
using rt::tokenizer_format::StepKind;

namespace {

constexpr int64_t mostStripped = 1 << 20;

/// ByteLevel joins all tokens to one text, which need not be UTF-8 before the end.
void checkPlace(const Fields &step, const TokenizerParts &parts) {
  for (const TokenizerParts::Step &before : parts.decoders)
    if (before.kind == StepKind::byteLevelDecode)
      step.refuse("type", json(step.text("type")), "is not supported after ByteLevel");
}

std::uint32_t count(const Fields &step, const char *field) {
  return static_cast<std::uint32_t>(step.integer(field, 0, mostStripped));
}

} // namespace

void readDecoder(const Fields &step, TokenizerParts &parts) {
  auto add = [&](TokenizerParts::Step added) { parts.decoders.push_back(std::move(added)); };
  auto type = step.text("type");
  if (type == "Sequence") {
    for (size_t i = 0; i < step.list("decoders").size(); ++i)
      readDecoder(step.item("decoders", i), parts);
    return;
  }
  if (type == "Fuse")
    return add({.kind = StepKind::fuse});
  checkPlace(step, parts);
  if (type == "ByteLevel")
    add({.kind = StepKind::byteLevelDecode});
  else if (type == "ByteFallback")
    add({.kind = StepKind::byteFallback});
  else if (type == "Replace")
    add({.kind = StepKind::replace, .a = readPattern(step, parts), .text = step.text("content")});
  else if (type == "Strip")
    add({.kind = StepKind::stripCharacter,
         .a = readCharacter(step, "content"),
         .b = count(step, "start"),
         .c = count(step, "stop")});
  else if (type == "Metaspace")
    add({.kind = StepKind::metaspaceDecode,
         .a = readCharacter(step, "replacement"),
         .b = step.flag("add_prefix_space", true) &&
              step.text("prepend_scheme", "always") != "never"});
  else
    refuseType(step, "ByteLevel, ByteFallback, Fuse, Metaspace, Replace, Strip, Sequence");
}

} // namespace cria::import
