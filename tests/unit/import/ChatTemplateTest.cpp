//===- ChatTemplateTest.cpp - The chat template of a folder ---------------===//
#include "import/ChatTemplate.h"
#include "TestSupport.h"
#include "runtime/chat/ChatFile.h"

using namespace cria;
using cria::rt::chat::ChatFile;

namespace {

ChatFile read(const test::Folder &folder, const std::string &given = "") {
  return ChatFile::read(import::readChat(folder.path, given));
}

} // namespace

TEST_CASE("a chat template is found where transformers finds it") {
  test::Folder folder;
  CHECK(read(folder).whyNot.starts_with("the model has no chat template: " + folder.path.native() +
                                        " has no chat_template.jinja"));
  folder.write("chat_template.json", R"({"chat_template": "old"})");
  CHECK(read(folder).source == "old");
  auto config = folder.write("tokenizer_config.json", R"({"chat_template": "config"})");
  CHECK(read(folder).source == "config");
  CHECK(read(folder).name == config.native() + ": chat_template");

  folder.write("tokenizer_config.json",
               R"({"chat_template": [{"name": "rag", "template": "r"},
                                     {"name": "default", "template": "d"}]})");
  CHECK(read(folder).source == "d");
  CHECK(read(folder).name == config.native() + ": chat_template default");
  folder.write("tokenizer_config.json", R"({"chat_template": [{"name": "rag", "template": "r"}]})");
  CHECK(read(folder).whyNot.find("none is called default (rag)") != std::string::npos);

  // A file of its own goes before what the configuration says.
  folder.write("chat_template.jinja", "file");
  CHECK(read(folder).source == "file");
  CHECK(read(folder, folder.write("mine.jinja", "given")).source == "given");
  std::filesystem::remove(folder.path / "chat_template.jinja");
  std::filesystem::create_directory(folder.path / "additional_chat_templates");
  folder.write("additional_chat_templates/tool_use.jinja", "{% unknown %}");
  folder.write("tokenizer_config.json", R"({"chat_template": "config"})");
  CHECK(read(folder).whyNot.find("none is called default (tool_use)") != std::string::npos);
}

TEST_CASE("templates see the special tokens that transformers gives them") {
  test::Folder folder;
  folder.write("chat_template.jinja", "x");
  folder.write("tokenizer.json", R"({"decoder": {"type": "ByteLevel"}})");
  folder.write("tokenizer_config.json",
               R"({"bos_token": "<b>", "eos_token": {"content": "<e>", "lstrip": false},
                   "pad_token": null, "add_bos_token": true, "image_token": "<i>",
                   "extra_special_tokens": {"audio_token": "<a>"}})");
  folder.write("special_tokens_map.json", R"({"eos_token": "<older>", "unk_token": "<u>"})");
  using Tokens = std::map<std::string, std::string>;
  CHECK(read(folder).tokens == Tokens{{"audio_token", "<a>"},
                                      {"bos_token", "<b>"},
                                      {"eos_token", "<older>"},
                                      {"image_token", "<i>"},
                                      {"unk_token", "<u>"}});
  folder.write("tokenizer_config.json", R"({"bos_token": "<b>", "added_tokens_decoder": {}})");
  CHECK(read(folder).tokens == Tokens{{"bos_token", "<b>"}});

  // SentencePiece models have theirs from the class.
  folder.write("tokenizer.json", "{}");
  folder.write("tokenizer_config.json", R"({"tokenizer_class": "LlamaTokenizer",
                                            "bos_token": null, "added_tokens_decoder": {}})");
  CHECK(read(folder).tokens == Tokens{{"eos_token", "</s>"}, {"unk_token", "<unk>"}});
}

TEST_CASE("a template that is not understood is refused with its file, field and line") {
  test::Folder folder;
  auto refusal = [&] { return test::errorOf([&] { read(folder); }); };
  auto config =
      folder.write("tokenizer_config.json", R"({"chat_template": "{{ a }}\n{{ b | from_json }}"})");
  CHECK(refusal() == config.native() + ": chat_template: line 2: unknown filter \"from_json\"");
  folder.write("tokenizer_config.json", R"({"chat_template": 5})");
  CHECK(refusal() == config.native() + ": chat_template: 5 is not a string");
  folder.write("tokenizer_config.json", R"({"chat_template": [{"name": "default"}]})");
  CHECK(refusal() == config.native() + ": chat_template[0].template: missing");
  folder.write("tokenizer_config.json", R"({"chat_template": "x", "bos_token": 1})");
  CHECK(refusal() == config.native() + ": bos_token: 1 is not a string");
  folder.write("tokenizer_config.json", "{}");
  auto file = folder.write("chat_template.jinja", "{% if x %}");
  CHECK(refusal() == file.native() + ": line 1: a block has no \"endif\"");
}
