//===- Document.cpp - JSON files, for the reference -----------------------===//
#include "verify/Document.h"
#include "support/Error.h"
#include <fstream>
#include <iterator>

namespace cria::verify {

using nlohmann::json;

/// Python's json module writes numbers that JSON does not have. None of them counts for a model.
static std::string withoutInfinities(std::string_view text) {
  std::string result;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size();) {
    bool replaced = false;
    if (!quoted)
      for (std::string_view word : {"-Infinity", "Infinity", "NaN"})
        if (!replaced && text.substr(i).starts_with(word)) {
          result += "null";
          i += word.size();
          replaced = true;
        }
    if (replaced)
      continue;
    if (quoted && text[i] == '\\' && i + 1 < text.size())
      result += text[i++];
    else if (text[i] == '"')
      quoted = !quoted;
    result += text[i++];
  }
  return result;
}

json parseDocument(std::string_view text, const std::filesystem::path &file) {
  // No real file comes near this depth; a hostile one must not exhaust the stack.
  constexpr int deepest = 64;
  auto shallow = [](int depth, json::parse_event_t, json &) {
    if (depth > deepest)
      throw Error("nested too deeply");
    return true;
  };
  try {
    json document = json::parse(withoutInfinities(text), shallow);
    if (document.is_object())
      return document;
  } catch (const std::exception &error) {
    throw Error(file.string() + ": not valid JSON: " + error.what());
  }
  throw Error(file.string() + ": not a JSON object");
}

json readDocument(const std::filesystem::path &file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream)
    throw Error(file.string() + ": cannot be read");
  std::string text((std::istreambuf_iterator<char>(stream)), {});
  return parseDocument(text, file);
}

} // namespace cria::verify
