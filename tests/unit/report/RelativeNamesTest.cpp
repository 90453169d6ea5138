//===- RelativeNamesTest.cpp - Numbered values as distances ---------------===//
#include "report/RelativeNames.h"
#include "catch2/catch.hpp"
#include <random>

using namespace cria::report;

TEST_CASE("definitions count from the one before, uses from the last") {
  CHECK(relativeNames("  %3 = a %1, %2#1\n  %4:2 = b %3\n  c %4#0 : i64\n") ==
        "  %~-3 = a %~-1, %~-2#1\n  %~-1:2 = b %~0\n  c %~0#0 : i64\n");
}

TEST_CASE("renumbered lines are the same text") {
  std::string first = relativeNames("%0 = a\n%1 = b %0\n%2 = c %1, %0\n");
  std::string later = relativeNames("%7 = a\n%8 = b %7\n%9 = c %8, %7\n");
  CHECK(first.substr(first.find('\n')) == later.substr(later.find('\n')));
}

TEST_CASE("strings, names and odd numbers are left alone") {
  for (const char *text : {"op \"%1 = \\\"%2\" %arg0, %c1_i64", "%", "%%", "\"%5", "%007", "",
                           "%99999999999999999999 = a", "\n\n", "a %-1 %~x"}) {
    CHECK(relativeNames(text) == text);
    CHECK(restoreNames(relativeNames(text)) == text);
  }
}

TEST_CASE("restoring inverts, whatever the text") {
  std::mt19937 random(1);
  const char *parts[] = {"%",  "0",  "1",   "12", "345", "\"",    "\\",       "\n", " = ",
                         ":2", "#1", "arg", " ",  "  ",  "%7 = ", "%19:3 = ", "op", "// x"};
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (unsigned length = random() % 12; length-- > 0;)
      text += parts[random() % std::size(parts)];
    INFO(text);
    REQUIRE(restoreNames(relativeNames(text)) == text);
  }
}
