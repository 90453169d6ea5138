//===- Depfile.cpp - Dependencies as Make and Ninja read them -------------===//
#include "support/Depfile.h"
#include "support/Error.h"
#include <algorithm>

namespace cria {
namespace {

/// GNU make halves the backslashes before a blank, and leaves all others as they are.
std::string escaped(const std::string &name) {
  std::string out;
  std::size_t backslashes = 0; // that end `out`
  for (char c : name) {
    if (c == '\n' || c == '\r')
      throw Error("--depfile: a file name with a line break cannot be written: " +
                  name.substr(0, name.find(c)));
    if (c == ' ' || c == '\t')
      out.append(backslashes + 1, '\\');
    else if (c == '#' || c == ':')
      out += '\\';
    else if (c == '$')
      out += '$';
    backslashes = c == '\\' ? backslashes + 1 : 0;
    out += c;
  }
  return out + std::string(backslashes, '\\'); // a blank follows
}

} // namespace

std::string depfile(const std::string &target, const std::vector<std::filesystem::path> &inputs) {
  std::string rule = escaped(target) + ":", empty;
  for (const std::filesystem::path &input : inputs) {
    std::string name = escaped(input.native());
    rule += " \\\n  " + name;
    empty += "\n" + name + ":\n";
  }
  return rule + "\n" + empty;
}

std::vector<std::filesystem::path> depfileInputs(std::string_view text) {
  std::vector<std::filesystem::path> words;
  std::string word;
  auto finish = [&] {
    if (!word.empty())
      words.emplace_back(word);
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::size_t backslashes = std::min(text.find_first_not_of('\\', i), text.size()) - i;
    i += backslashes;
    char c = i < text.size() ? text[i] : '\n';
    bool escaped = backslashes % 2 == 1;
    if (c == '\n' || c == ' ' || c == '\t') {
      bool goesOn = c == '\n' && escaped;
      word.append(goesOn ? 0 : backslashes / 2, '\\');
      if (escaped && !goesOn)
        word += c;
      else
        finish();
      if (c == '\n' && !goesOn && !words.empty())
        break;
    } else {
      bool isMark = c == '#' || c == ':';
      word.append(backslashes - (isMark && escaped), '\\');
      word += c;
      i += text.substr(i, 2) == "$$";
    }
  }
  finish();
  // The first word is the target.
  if (!words.empty())
    words.erase(words.begin());
  return words;
}

} // namespace cria
