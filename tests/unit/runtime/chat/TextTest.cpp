//===- TextTest.cpp - Marked text, tokens of templates, the clock ---------===//
#include "runtime/chat/Text.h"
#include "runtime/chat/Clock.h"
#include "runtime/chat/Services.h"
#include "runtime/chat/Token.h"
#include <catch2/catch.hpp>

using namespace cria::rt;
using namespace cria::rt::chat;

TEST_CASE("text keeps the ranges that a user wrote") {
  Text text("ab");
  text.append("cd", true);
  text.append("ef", true); // touches: one range
  text.append("gh");
  CHECK(text.bytes() == "abcdefgh");
  CHECK(text.user() == std::vector<TextRange>{{2, 6}});
  CHECK(text.part(1, 3).user() == std::vector<TextRange>{{1, 2}});
  CHECK(text.part(6, 8).user().empty());
  CHECK(text.part(3, 3).empty());
  text.append(text);
  CHECK(text.user() == std::vector<TextRange>{{2, 6}, {10, 14}});
  Text doubled = text.part(5, 11).mapped([](std::string_view c) { return std::string(c) + "-"; });
  CHECK(doubled.bytes() == "f-g-h-a-b-c-");
  CHECK(doubled.user() == std::vector<TextRange>{{0, 2}, {10, 12}});
}

TEST_CASE("characters are code points") {
  Text text("a\u00e4\u4e16\U0001F600");
  CHECK(text.length() == 4);
  CHECK(!text.ascii());
  CHECK(text.boundaries() == std::vector<size_t>{0, 1, 3, 6, 10});
  CHECK(text.find("\u4e16") == 3);
  CHECK(text.find("b") == Text::npos);
  CHECK(text.find("", 2) == 2);
  for (char32_t code : {0x24u, 0xe4u, 0x4e16u, 0x1f600u})
    CHECK(codePoint(utf8(code)) == code);
  CHECK(isSpace("\u00a0"));
  CHECK(isSpace("\x1d"));
  CHECK(!isSpace("\u200b"));
}

TEST_CASE("numbers are printed as Python prints them") {
  for (auto [value, text] : {std::pair(1.0, "1.0"),
                             {0.1, "0.1"},
                             {1e16, "1e+16"},
                             {1e-5, "1e-05"},
                             {123456789012345680.0, "1.2345678901234568e+17"},
                             {-0.0, "-0.0"},
                             {1.5e300, "1.5e+300"},
                             {0.0001, "0.0001"}})
    CHECK(pythonReal(value) == text);
}

TEST_CASE("a template's tokens know their lines") {
  auto tokens = tokenize("a\n{{ x\n.y }}\n{%- if 1.5 %}\nb");
  std::vector<std::pair<std::string, int>> seen;
  for (const Token &token : tokens)
    seen.emplace_back(token.text, token.line);
  CHECK(seen == std::vector<std::pair<std::string, int>>{{"a\n", 1},
                                                         {"", 2},
                                                         {"x", 2},
                                                         {".", 3},
                                                         {"y", 3},
                                                         {"", 3},
                                                         {"", 4},
                                                         {"if", 4},
                                                         {"1.5", 4},
                                                         {"", 4},
                                                         {"b", 5},
                                                         {"", 5}});
}

TEST_CASE("dates are written as strftime writes them") {
  Clock clock = Clock::at(2024, 2, 29);
  CHECK(clock.format("%d %b %Y") == "29 Feb 2024");
  CHECK(clock.format("%A %j %H:%M:%S.%f [%Z%z] %%d") == "Thursday 060 00:00:00.000000 [] %d");
  CHECK(clock.format("") == "");
  CHECK_THROWS_AS(clock.format("%999999d"), RenderError);
  CHECK(Clock::now().format("%Y").size() == 4);
}
