//===- AddedTokenReader.cpp - added_tokens of tokenizer.json --------------===//
#include "import/tokenizer/AddedTokenReader.h"
#include "runtime/Fail.h"
#include "runtime/tokenizer/Normalizer.h"
#include <set>

namespace cria::import {

using nlohmann::json;
using rt::printable;
using Flag = rt::tokenizer_format::Added;

namespace {

class Reader {
public:
  Reader(const Fields &root, TokenizerParts &parts, std::vector<std::string> &warnings)
      : vocab_(root.value()["model"]["vocab"]), parts_(parts), warnings_(warnings),
        next_(static_cast<std::uint32_t>(parts.vocab.size())) {}

  void read(const Fields &token) {
    auto content = token.text("content");
    if (content.empty())
      return; // `tokenizers` passes it over
    std::uint32_t id = idOf(token, content);
    if (auto given = token.integer("id", 0, rt::tokenizer_format::maxIds - 1); given != id)
      warnings_.push_back(token.describe(
          "id", fmt::format("{} of \"{}\" is {} in the vocabulary, and for `tokenizers` and criac",
                            given, printable(content), id)));
    bool special = token.flag("special", false);
    tokens_[content] = {content, id, flagsOf(token, special), token.flag("normalized", !special)};
  }

  /// Hands the tokens over, in the form in which text is searched for them.
  void finish(const Fields &root) {
    normalize();
    std::set<std::pair<bool, std::string>> texts;
    for (auto &[content, token] : tokens_) {
      if (token.text.empty())
        continue;
      if (!texts.emplace(token.normalized, token.text).second)
        root.refuse("added_tokens",
                    "two tokens are \"" + printable(token.text) + "\" when they are normalized");
      parts_.added.push_back(std::move(token));
    }
  }

private:
  static std::uint32_t flagsOf(const Fields &token, bool special) {
    return (special ? Flag::special : 0) | (token.flag("lstrip", false) ? Flag::lstrip : 0) |
           (token.flag("rstrip", false) ? Flag::rstrip : 0) |
           (token.flag("single_word", false) ? Flag::singleWord : 0);
  }

  std::uint32_t idOf(const Fields &token, const std::string &content) {
    if (auto found = vocab_.find(content); found != vocab_.end())
      return found->get<std::uint32_t>();
    if (auto known = tokens_.find(content); known != tokens_.end())
      return known->second.id;
    if (auto [other, isNew] = parts_.tokens.emplace(next_, content); !isNew)
      token.refuse("content", fmt::format("\"{}\" would get the id {}, which is that of \"{}\"",
                                          printable(content), next_, printable(other->second)));
    return next_++;
  }

  /// Runs the normalizer as programs do.
  void normalize() {
    TokenizerParts normalizing;
    normalizing.tokens[0] = "";
    normalizing.normalizers = parts_.normalizers;
    normalizing.programs = parts_.programs;
    auto blob = pack(std::move(normalizing));
    rt::TokenizerData data(blob);
    rt::CharacterSets sets(data);
    rt::Normalizer normalizer(data, sets);
    for (auto &[content, token] : tokens_)
      if (token.normalized)
        token.text = normalizer.normalize(content).text;
  }

  const json &vocab_;
  TokenizerParts &parts_;
  std::vector<std::string> &warnings_;
  std::uint32_t next_; ///< the id of the next token that is not in the vocabulary
  std::map<std::string, TokenizerParts::Added> tokens_; ///< by content; the last one counts
};

} // namespace

void readAddedTokens(const Fields &root, TokenizerParts &parts,
                     std::vector<std::string> &warnings) {
  Reader reader(root, parts, warnings);
  for (size_t i = 0; i < root.list("added_tokens").size(); ++i)
    reader.read(root.item("added_tokens", i));
  reader.finish(root);
}

} // namespace cria::import
