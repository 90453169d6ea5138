//===- ToJson.cpp - Python's json.dumps -----------------------------------===//
#include "runtime/chat/ToJson.h"
#include <cmath>

namespace cria::rt::chat {
namespace {

std::string escaped(std::string_view character, bool ascii) {
  constexpr std::string_view plain = "\"\\\n\r\t\b\f", letters = "\"\\nrtbf";
  if (size_t at = plain.find(character); character.size() == 1 && at != plain.npos)
    return {'\\', letters[at]};
  char32_t code = codePoint(character);
  auto unit = [](char32_t value) { return fmt::format("\\u{:04x}", static_cast<uint32_t>(value)); };
  if (code < 0x20 || (ascii && (code == 0x7f || (code > 0x7f && code < 0x10000))))
    return unit(code);
  if (ascii && code >= 0x10000) // a pair of surrogates
    return unit(0xd7c0 + (code >> 10)) + unit(0xdc00 + (code & 0x3ff));
  return std::string(character);
}

std::string number(const Value &value) {
  if (auto *flag = value.as<bool>())
    return *flag ? "true" : "false";
  if (auto integer = value.asInteger())
    return std::to_string(*integer);
  double real = *value.asReal();
  if (std::isnan(real))
    return "NaN";
  if (std::isinf(real))
    return real < 0 ? "-Infinity" : "Infinity";
  return pythonReal(real);
}

class Writer {
public:
  Writer(Services &services, const JsonStyle &style) : services_(services), style_(style) {}

  Text run(const Value &value) {
    write(value);
    return std::move(out_);
  }

private:
  void add(const Text &text) {
    services_.budget.allocate(text.footprint());
    out_.append(text);
  }
  void add(std::string_view text) {
    services_.budget.allocate(text.size());
    out_.append(text);
  }

  void addString(const Text &text) {
    add("\"");
    services_.budget.allocate(text.footprint());
    add(text.mapped([&](std::string_view c) { return escaped(c, style_.ascii); }));
    add("\"");
  }

  void write(const Value &value) {
    services_.budget.step();
    auto *sequence = value.asSequence();
    if (const Text *text = value.asText())
      addString(*text);
    else if (value.isNone())
      add("null");
    else if (value.asReal())
      add(number(value));
    else if (auto *dict = value.asDict())
      writeDict(*dict);
    else if (sequence && sequence->flavor <= Flavor::tuple)
      writeItems("[", sequence->items, "]", [&](const Value &item) { write(item); });
    else
      refuse("a {} has no JSON", value.typeName());
  }

  void writeDict(const Dict &dict) {
    auto entries = style_.sorted ? services_.sorted(dict.entries) : dict.entries;
    writeItems("{", entries, "}", [&](const auto &entry) {
      writeKey(entry.first);
      add(style_.colon);
      write(entry.second);
    });
  }

  void writeKey(const Value &key) {
    if (const Text *text = key.asText())
      addString(*text);
    else if (key.isNone() || key.asReal())
      addString(Text(key.isNone() ? "null" : number(key)));
    else
      refuse("a {} cannot be a key in JSON", key.typeName());
  }

  template <class Items, class Write>
  void writeItems(std::string_view open, const Items &items, std::string_view close,
                  const Write &writeItem) {
    add(open);
    ++level_;
    bool first = true;
    for (const auto &item : items) {
      if (!first)
        add(style_.comma);
      first = false;
      newLine();
      writeItem(item);
    }
    --level_;
    if (!first)
      newLine();
    add(close);
  }

  void newLine() {
    if (!style_.indent)
      return;
    add("\n");
    for (int i = 0; i < level_; ++i)
      add(*style_.indent);
  }

  Services &services_;
  const JsonStyle &style_;
  Text out_;
  int level_ = 0;
};

} // namespace

Text toJson(Services &services, const Value &value, const JsonStyle &style) {
  return Writer(services, style).run(defined(value));
}

} // namespace cria::rt::chat
