//===- GoldensTest.cpp - Chats as transformers writes them ----------------===//
#include "import/tokenizer/TokenizerJson.h"
#include "runtime/chat/ChatTemplate.h"
#include "runtime/chat/FromJson.h"
#include "runtime/tokenizer/Tokenizer.h"
#include "support/Error.h"
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace cria;
using namespace cria::rt;
using namespace cria::rt::chat;
using nlohmann::ordered_json;

namespace {

const std::filesystem::path goldens = std::filesystem::path(CRIA_SOURCE_DIR) / "tests/goldens";

std::string fileText(const std::filesystem::path &file) {
  std::ifstream stream(file, std::ios::binary);
  REQUIRE(stream);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Clock clockOf(const ordered_json &file) {
  return Clock::at(file["date"][0], file["date"][1], file["date"][2]);
}

std::vector<Message> messagesOf(const ordered_json &dialog) {
  std::vector<Message> out;
  for (const auto &message : dialog)
    out.push_back({message["role"], message["content"]});
  return out;
}

ChatSettings settingsOf(const ordered_json &row, const Clock &clock) {
  ChatSettings settings;
  settings.date = clock;
  if (row.contains("arguments"))
    for (const auto &[name, value] : row["arguments"].items())
      settings.values.emplace_back(name, value.dump());
  return settings;
}

/// What jinja renders and is refused here, when a template is compiled.
constexpr std::string_view beyond[] = {"{{ 'a' | nothing_known | upper if false }}",
                                       "{% for i in list recursive %}{{ i }}{% endfor %}",
                                       "{% block b %}x{% endblock %}"};

} // namespace

TEST_CASE("small templates are rendered as jinja2 renders them") {
  auto file = ordered_json::parse(fileText(goldens / "chat/snippets.json"));
  Clock clock = clockOf(file);
  Template::Variables variables;
  Value values = fromJson(file["variables"].dump(), "variables");
  for (const auto &[name, value] : values.asDict()->entries)
    variables.emplace_back(name.asText()->bytes(), value);
  REQUIRE(file["rows"].size() > 500);
  for (const auto &row : file["rows"]) {
    std::string source = row["template"];
    INFO(source);
    std::string got = "refused";
    try {
      got = "text: " + Template("t", source).render(variables, clock).bytes();
    } catch (const Error &error) {
      INFO(error.what());
      CHECK(std::string(error.what()).starts_with("t: line "));
    }
    if (row.contains("text") && got != "refused")
      CHECK(got == "text: " + row["text"].get<std::string>());
    if (row.contains("text") && got == "refused")
      CHECK(std::find(std::begin(beyond), std::end(beyond), source) != std::end(beyond));
    if (row.contains("refused"))
      CHECK(got == "refused");
  }
}

TEST_CASE("dialogs have the text and the tokens of transformers") {
  auto file = ordered_json::parse(fileText(goldens / "chat/dialogs.json"));
  Clock clock = clockOf(file);
  for (const auto &part : file["templates"]) {
    std::string name = part["template"], tokenizerName = part["tokenizer"];
    bool own = std::filesystem::exists(goldens / "chat" / tokenizerName);
    auto blob =
        import::readTokenizer(goldens / (own ? "chat" : "tokenizer") / tokenizerName, 1 << 20).blob;
    Tokenizer tokenizer = Tokenizer::open(blob);
    ChatTemplate chat({name, fileText(goldens / "chat/templates" / (name + ".jinja")), "",
                       part["tokens"].get<std::map<std::string, std::string>>()});
    for (const auto &row : part["rows"]) {
      std::string dialog = row["dialog"];
      INFO(name << ", " << dialog);
      auto messages = messagesOf(file["dialogs"][dialog]);
      auto settings = settingsOf(row, clock);
      if (row.contains("refused")) {
        CHECK_THROWS_AS(chat.render(messages, settings), Error);
        continue;
      }
      Text text = chat.render(messages, settings);
      CHECK(text.bytes() == row["text"].get<std::string>());
      CHECK(tokenizer.encode(text.bytes(), false, true, text.user()) ==
            row["ids"].get<std::vector<int32_t>>());
    }
  }
}
