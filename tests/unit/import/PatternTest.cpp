#include "import/tokenizer/Pattern.h"
#include "TestSupport.h"
#include "import/tokenizer/TokenizerParts.h"
#include "runtime/tokenizer/Matcher.h"

using namespace cria;

namespace {

using Words = std::vector<std::string>;

/// What a pattern matches in `text`, and what lies between, with a bar between the parts.
Words split(const char *pattern, std::string_view text) {
  import::TokenizerParts parts;
  parts.tokens[0] = "";
  uint32_t program = import::compilePattern(import::parsePattern(pattern), parts.programs);
  auto blob = pack(std::move(parts));
  rt::TokenizerData data(blob);
  rt::CharacterSets sets(data);
  rt::Matcher matcher(data, sets, text);
  Words words;
  size_t at = 0;
  while (auto match = matcher.find(program, at)) {
    if (match->begin > at)
      words.emplace_back(text.substr(at, match->begin - at));
    words.emplace_back(text.substr(match->begin, match->end - match->begin));
    at = match->end;
  }
  if (at < text.size())
    words.emplace_back(text.substr(at));
  return words;
}

std::string refusal(const char *pattern) {
  return test::errorOf([&] { split(pattern, "a"); });
}

} // namespace

TEST_CASE("the split pattern of Llama 3 is taken") {
  const char *pattern =
      R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
  CHECK(split(pattern, "I'M here  12345!\n\n x") ==
        Words{"I", "'M", " here", " ", " ", "123", "45", "!\n\n", " x"});
  CHECK(split(pattern, "").empty());
  CHECK(split(pattern, "a\u180eb") == Words{"a", "\u180eb"}); // not white space
  CHECK(split(pattern, "it\u2019\u017f it'\u017f") ==
        Words{"it", "\u2019\u017f", " it", "'\u017f"});
}

// All expected values are what Oniguruma does, as `tokenizers` 0.23.3 shows.
TEST_CASE("patterns match as Oniguruma has it") {
  CHECK(split("b+", "abbcab") == Words{"a", "bb", "ca", "b"});
  CHECK(split("a{1,2}?", "aaa") == Words{"a", "a", "a"});
  CHECK(split("a{1,2}+", "aaaaab") == Words{"aaaaa", "b"}); // Ruby's {}+ is not possessive
  CHECK(split("a{,2}b", "aaab") == Words{"a", "aab"});
  CHECK(split("a++a", "aaa") == Words{"aaa"});
  CHECK(split("a+?b|a", "aab") == Words{"aab"});
  CHECK(split("(?:ab)+", "ababa") == Words{"abab", "a"});
  CHECK(split("(?:ab){2,3}?", "abababab") == Words{"abab", "abab"});
  CHECK(split("(?>a+|b)a", "aaba") == Words{"aa", "ba"});
  CHECK(split("^a", "ba\na") == Words{"ba\n", "a"});
  CHECK(split("a$", "a\na") == Words{"a", "\n", "a"});
  CHECK(split(R"(\s++$)", "a  \n ") == Words{"a", "  \n "});
  CHECK(split(".", "a\nb") == Words{"a", "\n", "b"});
  CHECK(split("(?m:.)+", "a\nb") == Words{"a\nb"});
  CHECK(split("(?i)a|b", "aAbB") == Words{"a", "A", "b", "B"});
  CHECK(split("(?i:[k])", "k\u212aK") == Words{"k", "\u212a", "K"});
  CHECK(split(R"(\bb\w*)", "ab bc b") == Words{"ab ", "bc", " ", "b"});
  CHECK(split(R"(a\B)", "ab a") == Words{"a", "b a"});
  CHECK(split("(?<=a)b", "abb") == Words{"a", "b", "b"});
  CHECK(split("(?<!a|bc)d", "adbcdxd") == Words{"adbcdx", "d"});
  CHECK(split(R"(\h+)", "0fxg") == Words{"0f", "xg"});
  CHECK(split(R"([[:alpha:]]+)", "ab1\u00e9") == Words{"ab", "1", "\u00e9"});
  CHECK(split("[a-z&&[^b]]+", "abc") == Words{"a", "b", "c"});
  CHECK(split(R"(\p{^L}|\P{L})", "a1") == Words{"a", "1"});
  CHECK(split(R"(\p{Han}+)", "\u4e2da") == Words{"\u4e2d", "a"});
  CHECK(split(R"([\S]+)", "a b") == Words{"a", " ", "b"});
  CHECK(split(R"(\x41|\x{1F600})", "A\U0001f600") == Words{"A", "\U0001f600"});
  CHECK(split(R"(\d)", "\u0663\u00bd") == Words{"\u0663", "\u00bd"});
  CHECK(split(R"(\p{L}+)", "a\U00011f02\U0001e4d0") ==
        Words{"a\U00011f02\U0001e4d0"}); // Unicode 15
}

TEST_CASE("what is not supported in a pattern is refused with its words") {
  CHECK(refusal(R"(\X+)") == R"("\X" is not supported in a pattern)");
  CHECK(refusal(R"(\p{Klingon})") == R"("\p{Klingon}" is not supported in a pattern)");
  for (const char *pattern :
       {R"(a(?i)b)",  R"((?<n>a))", R"((?x:a))",   R"((*UCP)a)", R"([[:foo:]])", R"([]a])",
        R"(\pL)",     R"(\xE9)",    R"(a{2}?)",    R"(a{b)",     R"([a)",        R"(\)",
        R"(\p{L)",    R"(\p)",      R"(a**)",      R"((a)\1)",   R"(\K)",        R"(\R)",
        R"((?i:ss))", R"((?i:é))",  R"((?<=a+)b)", R"(a)b)",     R"((?:a)",      R"([b-a])",
        R"(a{3,2})",  R"(a{1001})", R"(*a)",       R"((?:a*)*b)"})
    CHECK(!refusal(pattern).empty());
  CHECK(refusal("a*") == "the pattern may match the empty text");
  CHECK(!refusal(std::string(1000, '(').c_str()).empty());
  CHECK(!refusal("(?:(?:(?:a{99}b){99}c){99}d){99}").empty());
}

TEST_CASE("a pattern that takes exponential time is given up") {
  CHECK(test::errorOf([&] { split("(?:a+)+[bc]", std::string(64, 'a')); }) ==
        "tokenizer: a split pattern takes too many steps on a text of 64 bytes");
}
