//===- CompilerOutput.cpp - Messages of the spec's compiler ---------------===//
#include "spec/CompilerOutput.h"

namespace cria::spec {
namespace {

constexpr auto npos = std::string::npos;

/// The text between `before` and `after`; empty unless `text` contains both.
std::string between(const std::string &text, std::string_view before, std::string_view after) {
  std::size_t begin = text.find(before);
  if (begin == npos)
    return "";
  begin += before.size();
  std::size_t end = text.find(after, begin);
  return end == npos ? "" : text.substr(begin, end - begin);
}

/// The message of a fault: from a static assertion, or from the name of a type.
std::string sentence(const std::string &message) {
  if (std::string words = between(message, "ill_formed<cria::spec::text<", "}>"); !words.empty())
    if (std::size_t quote = words.find("{\""); quote != npos)
      return words.substr(quote + 2, words.size() - quote - 3);
  if (message.rfind("static assertion failed", 0) != 0)
    return message;
  std::size_t requirement = message.find("checked<");
  std::size_t begin = message.find(requirement == npos ? ": " : "': ");
  return begin == npos ? message : message.substr(begin + (requirement == npos ? 2 : 3));
}

std::string printable(std::string text) {
  for (char &c : text)
    if (static_cast<unsigned char>(c) < ' ')
      c = ' ';
  return text;
}

} // namespace

std::string firstError(std::string_view output, const std::string &source,
                       const std::string &shown) {
  for (std::string_view mark : {": error: ", ": fatal error: "}) {
    std::size_t at = output.find(mark);
    if (at == npos)
      continue;
    std::size_t lineBegin = output.rfind('\n', at);
    lineBegin = lineBegin == npos ? 0 : lineBegin + 1;
    std::string where(output.substr(lineBegin, at - lineBegin));
    if (where.rfind(source, 0) == 0)
      where.replace(0, source.size(), shown);
    std::size_t begin = at + mark.size();
    std::string message(output.substr(begin, output.find('\n', begin) - begin));
    return printable(where + ": " + sentence(message));
  }
  return shown + ": does not compile";
}

} // namespace cria::spec
