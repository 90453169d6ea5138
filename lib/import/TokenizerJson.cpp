#include "import/TokenizerJson.h"
#include "import/ByteAlphabet.h"
#include "import/PreTokenizer.h"
#include "import/TokenizerParts.h"
#include "runtime/Fail.h"
#include <set>

namespace cria::import {

using nlohmann::json;
using rt::printable;

namespace {

constexpr size_t mostBytes = 256 << 20;

std::string quote(std::string_view text) { return "\"" + printable(text) + "\""; }

/// The bytes that a token decodes to: those of its characters if all are in the byte
/// alphabet, else its own.
std::string decoded(const std::string &token) { return fromByteAlphabet(token).value_or(token); }

/// Reads one document into parts.
class Reader {
public:
  Reader(const Fields &root, std::int64_t vocab) : root_(root), lastId_(vocab - 1) {}

  TokenizerParts read() {
    refuseNormalizer();
    readModel(root_.object("model"));
    readAdded();
    parts_.pattern = readPreTokenizer(root_.object("pre_tokenizer"));
    if (root_.find("post_processor"))
      readPostProcessor(root_.object("post_processor"));
    Fields decoder = root_.object("decoder");
    if (auto type = decoder.text("type"); type != "ByteLevel")
      decoder.refuse("type", json(type), "is not supported (ByteLevel)");
    return std::move(parts_);
  }

private:
  void refuseNormalizer() const {
    if (!root_.find("normalizer"))
      return;
    Fields normalizer = root_.object("normalizer");
    auto type = normalizer.text("type");
    if (type != "Sequence" || !normalizer.list("normalizers").empty())
      normalizer.refuse("type", json(type), "is not supported (no normalizer)");
  }

  void readModel(const Fields &model) {
    if (auto type = model.text("type", "BPE"); type != "BPE")
      model.refuse("type", json(type), "is not supported (BPE)");
    for (const char *affix : {"continuing_subword_prefix", "end_of_word_suffix"})
      if (auto text = model.text(affix, ""); !text.empty())
        model.refuse(affix, json(text), "is not supported");
    if (model.number("dropout", 0, 1, 0) != 0)
      model.refuse("dropout", *model.find("dropout"), "is not supported: it makes ids random");
    Fields vocab = model.object("vocab");
    readVocabulary(vocab, model.flag("ignore_merges", false));
    if (!model.find("merges"))
      model.refuse("merges", "missing");
    readMerges(model, vocab.value());
  }

  void readVocabulary(const Fields &vocab, bool keepWords) {
    std::array<bool, 256> known{};
    for (const auto &[token, value] : vocab.value().items()) {
      std::uint32_t id = idOf(vocab, token, value);
      if (auto [other, isNew] = parts_.tokens.emplace(id, decoded(token)); !isNew)
        vocab.refuse(token, fmt::format("{} is the id of {} too", id, quote(names_[id])));
      names_[id] = token;
      auto bytes = fromByteAlphabet(token);
      if (!bytes || bytes->empty())
        continue;
      if (keepWords)
        parts_.words.push_back(id);
      if (bytes->size() == 1) {
        auto byte = static_cast<unsigned char>((*bytes)[0]);
        parts_.byteTokens[byte] = id;
        known[byte] = true;
      }
    }
    for (size_t byte = 0; byte < 256; ++byte)
      if (!known[byte])
        root_.refuse("model.vocab", fmt::format("has no token for the byte 0x{:02X}", byte));
  }

  void readMerges(const Fields &model, const json &vocab) {
    std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
    const json &merges = model.list("merges");
    for (size_t i = 0; i < merges.size(); ++i) {
      std::string field = fmt::format("merges[{}]", i);
      auto [left, right] = mergeParts(model, field, merges[i]);
      auto id = [&](const std::string &token) {
        auto found = vocab.find(token);
        if (found == vocab.end())
          model.refuse(field, fmt::format("{} {}: {} is not in the vocabulary", quote(left),
                                          quote(right), quote(token)));
        return found->get<std::uint32_t>();
      };
      TokenizerParts::Merge merge{id(left), id(right), id(left + right)};
      if (!pairs.emplace(merge.left, merge.right).second)
        model.refuse(field, fmt::format("{} {} is given twice", quote(left), quote(right)));
      parts_.merges.push_back(merge);
    }
  }

  /// "a b" in older files, ["a", "b"] in newer ones.
  static std::pair<std::string, std::string>
  mergeParts(const Fields &model, const std::string &field, const json &merge) {
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

  void readAdded() {
    std::set<std::string> texts;
    for (size_t i = 0; i < root_.list("added_tokens").size(); ++i) {
      Fields token = root_.item("added_tokens", i);
      TokenizerParts::Added added{token.text("content"), 0, 0, false};
      added.id = static_cast<std::uint32_t>(token.integer("id", 0, lastId_));
      bool special = token.flag("special", false);
      added.normalized = token.flag("normalized", !special);
      using Flag = rt::tokenizer_format::Added;
      added.flags = (special ? Flag::special : 0) |
                    (token.flag("lstrip", false) ? Flag::lstrip : 0) |
                    (token.flag("rstrip", false) ? Flag::rstrip : 0);
      if (token.flag("single_word", false))
        token.refuse("single_word", "true is not supported");
      if (added.text.empty() || !texts.insert(added.text).second)
        token.refuse("content", json(added.text),
                     added.text.empty() ? "is empty" : "is given twice");
      addToken(token, added);
      parts_.added.push_back(std::move(added));
    }
  }

  /// An added token may be in the vocabulary, with the same id.
  void addToken(const Fields &token, const TokenizerParts::Added &added) {
    const json &vocab = root_.value()["model"]["vocab"];
    if (auto found = vocab.find(added.text); found != vocab.end() && *found != added.id)
      token.refuse("id", fmt::format("{} of {} is {} in model.vocab", added.id, quote(added.text),
                                     found->dump()));
    auto [name, isNew] = names_.emplace(added.id, added.text);
    if (!isNew && name->second != added.text)
      token.refuse("id", fmt::format("{} of {} is the id of {} too", added.id, quote(added.text),
                                     quote(name->second)));
    parts_.tokens.emplace(added.id, decoded(added.text));
  }

  /// Steps of a sequence put their tokens around those of the steps before.
  void readPostProcessor(const Fields &post) {
    auto type = post.text("type");
    if (type == "Sequence")
      for (size_t i = 0; i < post.list("processors").size(); ++i)
        readPostProcessor(post.item("processors", i));
    else if (type == "TemplateProcessing")
      readTemplate(post);
    else if (type != "ByteLevel")
      post.refuse("type", json(type), "is not supported (ByteLevel, TemplateProcessing, Sequence)");
  }

  void readTemplate(const Fields &post) {
    std::vector<std::uint32_t> before, after;
    bool seen = false;
    for (size_t i = 0; i < post.list("single").size(); ++i) {
      Fields item = post.item("single", i);
      if (item.find("Sequence")) {
        if (auto id = item.object("Sequence").text("id"); id != "A" || seen)
          item.refuse("Sequence.id", json(id), "is not supported (A, once)");
        seen = true;
        continue;
      }
      auto name = item.object("SpecialToken").text("id");
      Fields token = post.object("special_tokens").object(name);
      const json &ids = token.list("ids");
      for (const json &id : ids)
        (seen ? after : before).push_back(knownId(token, "ids", id));
    }
    if (!seen)
      post.refuse("single", "has no Sequence A");
    parts_.prefix.insert(parts_.prefix.begin(), before.begin(), before.end());
    parts_.suffix.insert(parts_.suffix.end(), after.begin(), after.end());
  }

  std::uint32_t idOf(const Fields &fields, const std::string &field, const json &value) const {
    return static_cast<std::uint32_t>(fields.asInteger(field, value, 0, lastId_));
  }
  std::uint32_t knownId(const Fields &fields, const std::string &field, const json &value) const {
    std::uint32_t id = idOf(fields, field, value);
    if (!parts_.tokens.contains(id))
      fields.refuse(field, value, "is not the id of a token");
    return id;
  }

  const Fields &root_;
  std::int64_t lastId_;
  TokenizerParts parts_{};
  std::map<std::uint32_t, std::string> names_; ///< tokens as the file spells them
};

} // namespace

std::vector<std::byte> readTokenizer(const std::filesystem::path &file, std::int64_t vocab) {
  json document = readJson(file, mostBytes);
  Fields root(document, file.native());
  return pack(Reader(root, vocab).read());
}

} // namespace cria::import
