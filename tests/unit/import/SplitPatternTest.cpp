#include "import/SplitPattern.h"
#include "TestSupport.h"
#include "runtime/PreSplit.h"

using namespace cria;

namespace {

using Words = std::vector<std::string_view>;

/// Messages about what is left out.
std::string refusal(const char *pattern) {
  return test::errorOf([&] { import::toPcre2(pattern); });
}

} // namespace

TEST_CASE("the split pattern of Llama 3 is taken") {
  rt::PreSplit split(import::toPcre2(
      R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)"));
  CHECK(split.split("I'M here  12345!\n\n x") ==
        Words{"I", "'M", " here", " ", " ", "123", "45", "!\n\n", " x"});
  CHECK(split.split("") == Words{});
  CHECK(split.split("a\u180eb") == Words{"a", "\u180eb"}); // not white space
}

TEST_CASE("what lies between matches is a word") {
  rt::PreSplit split("b+");
  CHECK(split.split("abbcab") == Words{"a", "bb", "ca", "b"});
  CHECK(rt::PreSplit("").split("a b") == Words{"a b"});
}

TEST_CASE("what the two engines read in two ways is refused") {
  CHECK(refusal(R"(\h+)") == R"("\h" is not supported in a pattern)");
  for (const char *pattern :
       {R"(^a)",     R"(a$)",      R"(.)",      R"(\w)",      R"(\b)",
        R"((?i)a)",  R"((?<n>a))", R"((?m:a))", R"((*UCP)a)", R"([[:alpha:]])",
        R"([a&&b])", R"([]a])",    R"([\S])",   R"(\p{Han})", R"(\p{^L})",
        R"(\pL)",    R"(\x41)",    R"(a{,3})",  R"(a{2}+)",   R"(a{2}?)",
        R"(a{b)",    R"([a)",      R"(\)",      R"(\p{L)",    R"(\p)"})
    CHECK(!refusal(pattern).empty());
}

TEST_CASE("a pattern that is not valid, or that splits nowhere, is refused") {
  CHECK(test::errorOf([] { rt::PreSplit("a*"); }) ==
        "tokenizer: split pattern: matches the empty text");
  CHECK(test::errorOf([] { rt::PreSplit("(a"); }) ==
        "tokenizer: split pattern: missing closing parenthesis at byte 2");
}

TEST_CASE("a pattern that takes exponential time is given up") {
  rt::PreSplit split("(?:a+)+[bc]");
  CHECK(test::errorOf([&] { split.split(std::string(64, 'a')); }) ==
        "tokenizer: split pattern: match limit exceeded at byte 0 of the text");
}
