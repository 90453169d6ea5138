#include "runtime/cli/TextStream.h"
#include "TestSupport.h"

using cria::rt::TextStream;

namespace {

using Strings = std::vector<std::string>;

/// What is shown after each piece, and at the end.
Strings shown(const Strings &pieces, const Strings &stops = {}) {
  TextStream stream(stops);
  Strings out;
  for (const std::string &piece : pieces) {
    out.push_back(stream.push(piece));
    if (stream.stopped())
      return out;
  }
  out.push_back(stream.finish());
  return out;
}

} // namespace

TEST_CASE("a character is shown when it is whole") {
  CHECK(shown({"a", "\xe2", "\x82", "\xac", "b"}) == Strings{"a", "", "", "\u20ac", "b", ""});
  CHECK(shown({"\xf0\x9f", "\x98\x80!"}) == Strings{"", "\U0001f600!", ""});
}

TEST_CASE("bytes that are no UTF-8 become U+FFFD") {
  const std::string bad = "\ufffd";
  CHECK(shown({"\xe2\x82"}) == Strings{"", bad}); // never completed
  CHECK(shown({"\xe2\x82", "x"}) == Strings{"", bad + "x", ""});
  CHECK(shown({"\x80z"}) == Strings{bad + "z", ""});                        // no first byte
  CHECK(shown({"\xc0\xaf"}) == Strings{bad + bad, ""});                     // overlong
  CHECK(shown({"\xed\xa0\x80"}) == Strings{bad + bad + bad, ""});           // surrogate
  CHECK(shown({"\xf4\x90\x80\x80"}) == Strings{bad + bad + bad + bad, ""}); // past U+10FFFF
  CHECK(shown({"\xe0\x80", "\xf5"}) == Strings{bad + bad, bad, ""});
  CHECK(shown({std::string("\0", 1)}) == Strings{std::string("\0", 1), ""});
}

TEST_CASE("text that may begin a stop string is held back") {
  CHECK(shown({"one S", "T", "OP two"}, {"STOP"}) == Strings{"one ", "", ""});
  CHECK(shown({"one S", "T", "ART"}, {"STOP"}) == Strings{"one ", "", "START", ""});
  CHECK(shown({"one ST"}, {"STOP"}) == Strings{"one ", "ST"});
  CHECK(shown({"aab"}, {"ab"}) == Strings{"a"});
  CHECK(shown({"aa", "ab"}, {"aab"}) == Strings{"", "a"});
  CHECK(shown({"xSTOP"}, {"OP", "STOP"}) == Strings{"x"}); // the earliest counts
  CHECK(shown({"\n", "\n", "b"}, {"\n\n"}) == Strings{"", ""});
}

TEST_CASE("a stop string may be split inside a character") {
  CHECK(shown({"a\xe2\x82", "\xac!"}, {"\u20ac"}) == Strings{"a", ""});
  CHECK(shown({"a\xe2\x82", "\xa0"}, {"\u20ac"}) == Strings{"a", "\u20a0", ""});
  CHECK(shown({"a\xe2", "STOP"}, {"STOP"}) == Strings{"a", "\ufffd"});
}

TEST_CASE("a stop string may have parts that are not shown") {
  TextStream special({"<|im_end|>"});
  CHECK(special.push("c") == "c");
  CHECK(special.push("<|im_end|>", false) == "");
  CHECK(special.stopped());

  TextStream mixed({"o<|x|>w"});
  CHECK(mixed.push("hello") == "hell");
  CHECK(mixed.push("<|x|>", false) == "");
  CHECK(mixed.push("wow") == "");
  CHECK(mixed.stopped());

  TextStream inside({"|x"}); // of a name that is not shown
  CHECK(inside.push("a") == "a");
  CHECK(inside.push("<|x|>", false) == "");
  CHECK(inside.stopped());

  TextStream missed({"o<|x|>w"});
  CHECK(missed.push("hello") == "hell");
  CHECK(missed.push("<|x|>", false) == "");
  CHECK(missed.push("!") == "o!");
  CHECK(missed.push("\xe2\x82") == "");
  CHECK(missed.push("<|y|>", false) == "");
  CHECK(missed.push("\xac") == "\u20ac");
  CHECK_FALSE(missed.stopped());
}

TEST_CASE("a stop string may begin in the text before, but not end there") {
  TextStream stream({"ab", "xabc"});
  CHECK(stream.contextSize() == 3);
  stream.setContext("xab");
  CHECK(stream.push("d") == "d");
  CHECK_FALSE(stream.stopped());
  TextStream other({"ab", "xabc"});
  other.setContext("xab");
  CHECK(other.push("cd") == "");
  CHECK(other.stopped());
}
