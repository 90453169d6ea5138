//===- Normalizers.cpp - normalizer of tokenizer.json ---------------------===//
#include "import/tokenizer/TokenizerSteps.h"
#include "runtime/Fail.h"
#include "runtime/Utf8.h"

namespace cria::import {

using nlohmann::json;
using rt::printable;
using rt::tokenizer_format::StepKind;
using rt::tokenizer_format::UnicodeForm;

void refuseType(const Fields &step, const char *known) {
  step.refuse("type", json(step.text("type")), fmt::format("is not supported ({})", known));
}

char32_t readCharacter(const Fields &step, std::string_view field,
                       std::optional<std::string> otherwise) {
  std::string text = step.text(field, std::move(otherwise));
  if (text.empty() || rt::codePointAt(text, 0).length != text.size())
    step.refuse(field, json(text), "is not one character");
  return rt::codePointAt(text, 0).value;
}

std::uint32_t readPattern(const Fields &step, TokenizerParts &parts) {
  Fields pattern = step.object("pattern");
  const char *field = pattern.find("String") ? "String" : "Regex";
  std::string text = pattern.text(field);
  try {
    return compilePattern(field == std::string_view("String") ? literalPattern(text)
                                                              : parsePattern(text),
                          parts.programs);
  } catch (const Error &error) {
    pattern.refuse(field, json(text), printable(error.what()));
  }
}

void readNormalizer(const Fields &step, TokenizerParts &parts) {
  constexpr std::pair<std::string_view, UnicodeForm> forms[] = {{"NFC", UnicodeForm::nfc},
                                                                {"NFD", UnicodeForm::nfd},
                                                                {"NFKC", UnicodeForm::nfkc},
                                                                {"NFKD", UnicodeForm::nfkd}};
  auto add = [&](TokenizerParts::Step added) { parts.normalizers.push_back(std::move(added)); };
  auto type = step.text("type");
  for (auto [name, form] : forms)
    if (type == name)
      return add({.kind = StepKind::unicodeForm, .a = static_cast<std::uint32_t>(form)});
  if (type == "Sequence") {
    for (size_t i = 0; i < step.list("normalizers").size(); ++i)
      readNormalizer(step.item("normalizers", i), parts);
  } else if (type == "Lowercase") {
    add({.kind = StepKind::lowercase});
  } else if (type == "Strip") {
    std::uint32_t ends = (step.flag("strip_left") ? 1 : 0) | (step.flag("strip_right") ? 2 : 0);
    if (ends)
      add({.kind = StepKind::stripSpace, .a = ends});
  } else if (type == "Prepend") {
    add({.kind = StepKind::prepend, .text = step.text("prepend")});
  } else if (type == "Replace") {
    add({.kind = StepKind::replace, .a = readPattern(step, parts), .text = step.text("content")});
  } else {
    refuseType(step, "NFC, NFD, NFKC, NFKD, Lowercase, Strip, Prepend, Replace, Sequence");
  }
}

} // namespace cria::import
