//===- DialogueTest.cpp - Chats as tokens ---------------------------------===//
#include "runtime/cli/Dialogue.h"
#include "TestSupport.h"

using namespace cria::rt;

namespace {

/// Bytes and the numbers of special tokens, as the fake tokenizer has them.
constexpr int32_t begin = 256, start = 258, end = 259, eot = 260;

using Ids = std::vector<int32_t>;

Ids operator+(Ids ids, const std::string &text) {
  for (char c : text)
    ids.push_back(static_cast<unsigned char>(c));
  return ids;
}
Ids operator+(Ids ids, int32_t id) {
  ids.push_back(id);
  return ids;
}

struct Chat {
  test::Folder folder;
  cria_model compiled = fake::descriptor();
  std::optional<Model> model;
  Options options;

  Chat() {
    fake::writeWeights(folder / "model.safetensors");
    model.emplace(compiled, folder.path);
  }
};

} // namespace

TEST_CASE_METHOD(Chat, "special tokens of the template are tokens, those of messages are text") {
  options.system = "Be <|eot_id|>";
  Dialogue dialogue(*model, options);
  dialogue.ask(" Hi <|eot_id|><|start_header_id|> ");
  Ids ids = Ids{begin, start} + "system" + end + "\n\nBe <|eot_id|>" + eot;
  ids = ids + start + "user" + end + "\n\nHi <|eot_id|><|start_header_id|>" + eot;
  CHECK(dialogue.prompt() == ids + start + "assistant" + end + "\n\n");
}

TEST_CASE_METHOD(Chat, "an answer is a message without what ended it") {
  options.stops = {"STOP"};
  Dialogue dialogue(*model, options);
  dialogue.ask("a");
  dialogue.answer(Ids{} + "bSTOPc" + eot);
  dialogue.ask("d");
  Ids ids =
      Ids{begin, start} + "user" + end + "\n\na" + eot + start + "assistant" + end + "\n\nb" + eot;
  CHECK(dialogue.prompt() ==
        ids + start + "user" + end + "\n\nd" + eot + start + "assistant" + end + "\n\n");
}

TEST_CASE_METHOD(Chat, "a template gets variables, dates and an empty system message") {
  options.chatSettings.date = chat::Clock::at(2024, 7, 26);
  options.chatSettings.values = {{"mood", "\"<|eot_id|>\""}};
  Dialogue dialogue(*model, options);
  dialogue.ask("a");
  CHECK(dialogue.prompt() == Ids{begin, start} + "user" + end + "\n\na" + eot +
                                 "26 Jul 2024<|eot_id|>" + start + "assistant" + end + "\n\n");
  options.system = "";
  CHECK(test::errorOf([&] { Dialogue(*model, options).prompt(); }) ==
        "fake: line 1: an empty system message");
}

TEST_CASE_METHOD(Chat, "the tokenizer's end token counts where the configuration names none") {
  CHECK(Dialogue(*model, options).end() == std::nullopt);
  auto file = chat::ChatFile{"f", "x", "", {{"eos_token", "<|eot_id|>"}}}.write();
  const cria_blob blobs[] = {compiled.blobs[0],
                             {chat::ChatFile::blobName, file.data(), std::ssize(file)}};
  compiled.blobs = blobs;
  compiled.eos_count = 0;
  CHECK(Dialogue(*model, options).end() == eot);
  compiled.blob_count = 1;
  CHECK(test::errorOf([&] { Dialogue(*model, options); }) ==
        "--chat: model fake was compiled without a chat template");
  file = chat::ChatFile{"", "", "no template", {}}.write();
  const cria_blob none[] = {compiled.blobs[0],
                            {chat::ChatFile::blobName, file.data(), std::ssize(file)}};
  compiled.blobs = none;
  compiled.blob_count = 2;
  CHECK(test::errorOf([&] { Dialogue(*model, options); }) == "--chat: no template");
}
