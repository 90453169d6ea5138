//===- Document.cpp - JSON files, for the reference -----------------------===//
#include "verify/Document.h"
#include "support/Error.h"
#include <fstream>
#include <iterator>

namespace cria::verify {

using nlohmann::json;

json parseDocument(std::string_view text, const std::filesystem::path &file) {
  // No real file comes near this depth; a hostile one must not exhaust the stack.
  constexpr int deepest = 64;
  auto shallow = [](int depth, json::parse_event_t, json &) {
    if (depth > deepest)
      throw Error("nested too deeply");
    return true;
  };
  try {
    json document = json::parse(text, shallow);
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
