#include "import/TokenizerJson.h"
#include "TestSupport.h"

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
  CHECK(refusalWith("/normalizer", {{"type", "NFC"}}) ==
        "normalizer.type: \"NFC\" is not supported (no normalizer)");
  CHECK(refusalWith("/pre_tokenizer", {{"type", "Metaspace"}}) ==
        "pre_tokenizer.type: \"Metaspace\" is not supported (ByteLevel, Sequence)");
  CHECK(refusalWith("/pre_tokenizer/pretokenizers/0/type", "Digits") ==
        "pre_tokenizer.pretokenizers[0].type: \"Digits\" is not supported here (Split)");
  CHECK(refusalWith("/pre_tokenizer/pretokenizers/0/behavior", "Removed") ==
        "pre_tokenizer.pretokenizers[0].behavior: \"Removed\" is not supported (Isolated)");
  CHECK(refusalWith("/pre_tokenizer/pretokenizers/0/pattern/Regex", "\\w+") ==
        "pre_tokenizer.pretokenizers[0].pattern.Regex: \"\\\\w+\" \"\\w\" is not supported in a "
        "pattern");
  CHECK(refusalWith("/pre_tokenizer/pretokenizers/1/add_prefix_space", true) ==
        "pre_tokenizer.pretokenizers[1].add_prefix_space: true is not supported");
  CHECK(refusalWith("/post_processor", {{"type", "BertProcessing"}}) ==
        "post_processor.type: \"BertProcessing\" is not supported (ByteLevel, TemplateProcessing, "
        "Sequence)");
  CHECK(refusalWith("/decoder/type", "Fuse") ==
        "decoder.type: \"Fuse\" is not supported (ByteLevel)");
  CHECK(refusalWith("/model/dropout", 0.1) ==
        "model.dropout: 0.1 is not supported: it makes ids random");
  CHECK(refusalWith("/model/end_of_word_suffix", "</w>") ==
        "model.end_of_word_suffix: \"</w>\" is not supported");
  CHECK(refusalWith("/added_tokens/0/single_word", true) ==
        "added_tokens[0].single_word: true is not supported");
}

TEST_CASE("ids are checked") {
  CHECK(refusalWith("/model/vocab/Hello", -1) == "model.vocab.Hello: -1 is not in [0, 16777215]");
  CHECK(refusalWith("/model/vocab/Hello", 1 << 24) ==
        "model.vocab.Hello: 16777216 is not in [0, 16777215]");
  CHECK(refusalWith("/model/vocab/Hello", "x") == "model.vocab.Hello: \"x\" is not an integer");
  CHECK(refusalWith("/model/vocab/!", 1) == "model.vocab.\": 1 is the id of \"!\" too");
  CHECK(refusalWith("/added_tokens/1/id", 3) ==
        "added_tokens[1].id: 3 of \"<|end_of_text|>\" is the id of \"$\" too");
  CHECK(refusalWith("/added_tokens/1/id", 1 << 24) ==
        "added_tokens[1].id: 16777216 is not in [0, 16777215]");
  json added = good()["added_tokens"][0];
  CHECK(refusalWith("/added_tokens/1", added) ==
        "added_tokens[1].content: \"<|begin_of_text|>\" is given twice");
  json file = good();
  file["model"]["vocab"]["<|begin_of_text|>"] = 100000;
  CHECK(refusal(file).find("of \"<|begin_of_text|>\" is 100000 in model.vocab") !=
        std::string::npos);
  file = good();
  file["model"]["vocab"].erase("A");
  CHECK(refusal(file) == "model.vocab: has no token for the byte 0x41");
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
  CHECK(refusalWith("/model/merges/2", good()["model"]["merges"][1]).ends_with("is given twice"));
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
