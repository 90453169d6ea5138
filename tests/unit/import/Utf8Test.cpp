#include "runtime/Utf8.h"
#include "TestSupport.h"

using namespace cria::rt;

TEST_CASE("each maximal subpart that is no UTF-8 becomes one U+FFFD") {
  const std::string r = "\ufffd";
  CHECK(repairUtf8("") == "");
  CHECK(repairUtf8("a\u00e9\u20ac\U0001f999") == "a\u00e9\u20ac\U0001f999");
  CHECK(repairUtf8("\x80") == r);
  CHECK(repairUtf8("\xe2\x82"
                   "a") == r + "a");
  CHECK(repairUtf8("\xf0\x9f\xa6") == r);
  CHECK(repairUtf8("\xc0\x80") == r + r);
  CHECK(repairUtf8("\xed\xa0\x80") == r + r + r);
  CHECK(repairUtf8("\xf4\x90\x80\x80") == r + r + r + r);
  CHECK(repairUtf8("\xe2\xe2\x82\xac") == r + "\u20ac");
}

TEST_CASE("white space at the ends is that of Unicode") {
  CHECK(spaceAtStart(" \t\u3000x ") == 5);
  CHECK(spaceAtStart("\u180ex") == 0);
  CHECK(spaceAtStart("") == 0);
  CHECK(spaceAtEnd("x\u00a0\n") == 3);
  CHECK(spaceAtEnd("\u2028") == 3);
  CHECK(spaceAtEnd(" x") == 0);
}
