#include "import/tokenizer/TokenizerJson.h"
#include "TestSupport.h"
#include <fmt/format.h>

using namespace cria;
using nlohmann::json;

namespace {

json good() { return test::readJson(test::goldens / "tokenizer/large.tokenizer.json"); }

/// The message about `file` without its path.
std::string refusal(const json &file, int64_t vocab = 1 << 24) {
  test::Folder folder;
  auto path = folder.write("tokenizer.json", file.dump());
  std::string message = test::errorOf([&] { import::readTokenizer(path, vocab); });
  return message.empty() ? message : message.substr(path.native().size() + 2);
}

using Lines = std::vector<std::string>;

/// The warnings about `file` without its path.
Lines warnings(const json &file, int64_t vocab = 1 << 24) {
  test::Folder folder;
  auto path = folder.write("tokenizer.json", file.dump());
  Lines lines;
  for (const std::string &line : import::readTokenizer(path, vocab).warnings)
    lines.push_back(line.substr(path.native().size() + 2));
  return lines;
}

/// The message after `value` is put at `pointer` of a good file.
std::string refusalWith(const char *pointer, const json &value) {
  json file = good();
  file[json::json_pointer(pointer)] = value;
  return refusal(file);
}

} // namespace

TEST_CASE("a good tokenizer.json is taken") { CHECK(refusal(good()).empty()); }

TEST_CASE("kinds that are not supported are refused by name") {
  CHECK(refusalWith("/model/type", "Unigram") == "model.type: \"Unigram\" is not supported (BPE)");
  CHECK(
      refusalWith("/normalizer", {{"type", "Precompiled"}}) ==
      "normalizer.type: \"Precompiled\" is not supported (NFC, NFD, NFKC, NFKD, Lowercase, Strip, "
      "Prepend, Replace, Sequence)");
  CHECK(refusalWith("/pre_tokenizer", {{"type", "UnicodeScripts"}}) ==
        "pre_tokenizer.type: \"UnicodeScripts\" is not supported (BertPreTokenizer, ByteLevel, "
        "Digits, Metaspace, Punctuation, Split, Whitespace, WhitespaceSplit, Sequence)");
  CHECK(refusalWith("/pre_tokenizer/pretokenizers/0/behavior", "removed") ==
        "pre_tokenizer.pretokenizers[0].behavior: \"removed\" is not supported (Isolated, Removed, "
        "MergedWithPrevious, MergedWithNext, Contiguous)");
  CHECK(refusalWith("/pre_tokenizer/pretokenizers/0/pattern/Regex", "\\X+") ==
        "pre_tokenizer.pretokenizers[0].pattern.Regex: \"\\\\X+\" \"\\X\" is not supported in a "
        "pattern");
  CHECK(refusalWith("/post_processor", {{"type", "Other"}}) ==
        "post_processor.type: \"Other\" is not supported (BertProcessing, ByteLevel, "
        "RobertaProcessing, TemplateProcessing, Sequence)");
  CHECK(
      refusalWith("/decoder/type", "CTC") ==
      "decoder.type: \"CTC\" is not supported (ByteLevel, ByteFallback, Fuse, Metaspace, Replace, "
      "Strip, Sequence)");
  CHECK(
      refusalWith("/decoder", {{"type", "Strip"}, {"content", "ab"}, {"start", 1}, {"stop", 0}}) ==
      "decoder.content: \"ab\" is not one character");
  CHECK(refusalWith("/model/dropout", 0.1) ==
        "model.dropout: 0.1 is not supported: it makes ids random");
  CHECK(refusalWith("/model/end_of_word_suffix", "</w>") ==
        "model.end_of_word_suffix: \"</w>\" is not supported");
  CHECK(refusalWith("/model/unk_token", "<none>") ==
        "model.unk_token: \"<none>\" is not in the vocabulary");
}

TEST_CASE("ids are checked") {
  CHECK(refusalWith("/model/vocab/Hello", -1) == "model.vocab.Hello: -1 is not in [0, 16777215]");
  CHECK(refusalWith("/model/vocab/Hello", 1 << 24) ==
        "model.vocab.Hello: 16777216 is not in [0, 16777215]");
  CHECK(refusalWith("/model/vocab/Hello", "x") == "model.vocab.Hello: \"x\" is not an integer");
  CHECK(refusalWith("/model/vocab/!", 1) == "model.vocab.\": 1 is the id of \"!\" too");
  CHECK(refusalWith("/added_tokens/1/id", 1 << 24) ==
        "added_tokens[1].id: 16777216 is not in [0, 16777215]");
  json file = good();
  file["model"]["vocab"].erase(
      "\u0100"); // one id fewer: the first added token would take the last one
  CHECK(refusal(file).find("would get the id") != std::string::npos);
  file = good();
  auto ids = file["model"]["vocab"].size() + file["added_tokens"].size();
  CHECK(refusal(file, static_cast<int64_t>(ids)).empty());
  CHECK(refusal(file, 3) == "post_processor: adds the id " + file["added_tokens"][0]["id"].dump() +
                                ", and the model has 3 ids");
}

TEST_CASE("what `tokenizers` does otherwise than the file says is said") {
  json file = good();
  auto size = static_cast<int64_t>(file["model"]["vocab"].size());
  CHECK(warnings(file).empty());
  file["added_tokens"][1]["id"] = 7;
  CHECK(
      warnings(file) ==
      Lines{fmt::format("added_tokens[1].id: 7 of \"<|end_of_text|>\" is {} in the vocabulary, and "
                        "for `tokenizers` and criac",
                        size + 1)});
  file = good();
  auto last = file["added_tokens"].size() - 1;
  CHECK(warnings(file, size + static_cast<int64_t>(last)) ==
        Lines{fmt::format(
            "added_tokens: \"<|python_tag|>\" has the id {0}, and the model has {0} ids "
            "(1 such tokens): text that has it is refused when it is run",
            size + static_cast<int64_t>(last))});
}

TEST_CASE("where transformers leaves tokenizer.json is said") {
  test::Folder folder;
  auto path = folder.write("tokenizer.json",
                           test::readText(test::goldens / "tokenizer/kinds/llama2.tokenizer.json"));
  auto lines = [&](const char *config) {
    auto file = folder.write("tokenizer_config.json", config);
    Lines out;
    for (const std::string &line : import::readTokenizer(path, 1 << 24).warnings)
      out.push_back(line.substr(file.native().size() + 2));
    return out;
  };
  CHECK(lines("{}").empty());
  CHECK(lines(R"({"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>"})").empty());
  CHECK(lines(R"({"tokenizer_class": "LlamaTokenizerFast"})") ==
        Lines{"tokenizer_class: \"LlamaTokenizerFast\": transformers 5 replaces normalizer, "
              "pre_tokenizer of tokenizer.json; criac follows tokenizer.json, so text at the start "
              "or beside special tokens may get other ids"});
  CHECK(lines(R"({"tokenizer_class": "GPT2Tokenizer"})").size() == 1);
  CHECK(lines(R"({"added_tokens_decoder": {"9": {"content": "<x>"}}, "pad_token": "<pad>",
                  "extra_special_tokens": ["<s>", "<y>"], "split_special_tokens": true})")
            .size() == 4);
  CHECK(
      lines(
          R"({"added_tokens_decoder": {"2": {"content": "</s>", "lstrip": true, "special": true}}})") ==
      Lines{"added_tokens_decoder.2: lstrip: true of \"</s>\" is false in tokenizer.json, which "
            "criac follows; transformers does not"});
  folder.write("config.json", R"({"tokenizer_class": "LlamaTokenizer"})");
  CHECK(lines("{}").size() == 1);
  CHECK(lines(R"({"tokenizer_class": "PreTrainedTokenizerFast"})").empty());
  std::filesystem::remove(folder.path / "config.json");
  json metaspace =
      test::readJson(test::goldens / "tokenizer/kinds/llama2-metaspace.tokenizer.json");
  path = folder.write("tokenizer.json", metaspace.dump());
  CHECK(lines(R"({"tokenizer_class": "LlamaTokenizer"})").empty());
  CHECK(lines(R"({"tokenizer_class": "LlamaTokenizer", "legacy": true})").size() == 1);
}

TEST_CASE("merges are checked, with their number") {
  CHECK(refusalWith("/model/merges/2", "qq zz") ==
        "model.merges[2]: \"qq\" \"zz\": \"qq\" is not in the vocabulary");
  CHECK(refusalWith("/model/merges/2", "z q") ==
        "model.merges[2]: \"z\" \"q\": \"zq\" is not in the vocabulary");
  CHECK(refusalWith("/model/merges/2", "abc") ==
        "model.merges[2]: \"abc\" is not two tokens with a space between");
  CHECK(refusalWith("/model/merges/2", "a b c") ==
        "model.merges[2]: \"a b c\" is not two tokens with a space between");
  CHECK(refusalWith("/model/merges/2", {"a"}) ==
        "model.merges[2]: a list of 1 is not a pair of tokens");
  CHECK(refusalWith("/model/merges", nullptr) == "model.merges: missing");
}

TEST_CASE("the tokens around a text are checked") {
  const char *template_ = "/post_processor/processors/1";
  REQUIRE(good()[json::json_pointer(template_)]["type"] == "TemplateProcessing");
  auto at = [&](const char *rest) { return template_ + std::string(rest); };
  CHECK(refusalWith(at("/single/1/Sequence/id").c_str(), "B") ==
        "post_processor.processors[1].single[1].Sequence.id: \"B\" is not supported (A, once)");
  CHECK(refusalWith(at("/single").c_str(), json::array()) ==
        "post_processor.processors[1].single: has no Sequence A");
  CHECK(refusalWith(at("/single/0/SpecialToken/id").c_str(), "<s>") ==
        "post_processor.processors[1].special_tokens.<s>: missing");
  CHECK(refusalWith(at("/special_tokens/<|begin_of_text|>/ids/0").c_str(), 1 << 20) ==
        "post_processor.processors[1].special_tokens.<|begin_of_text|>.ids: 1048576 is not the id "
        "of a token");
}
