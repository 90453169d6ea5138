#include "spec/CompilerOutput.h"
#include "TestSupport.h"

using cria::spec::firstError;

TEST_CASE("a fault is reported as its sentence") {
  CHECK(firstError("In file included from main.cpp:2:\n"
                   "/abs/m.cpp:4:1: error: static assertion failed due to requirement "
                   "'::cria::spec::checked<tiny>': block.attention: 30 query heads\n    4 | x\n",
                   "/abs/m.cpp", "m.cpp") == "m.cpp:4:1: block.attention: 30 query heads");
  CHECK(firstError("/abs/m.cpp:3:12: error: variable 'constexpr const "
                   "cria::spec::ill_formed<cria::spec::text<9>{\"a: b {c}\"}> "
                   "tiny_is_checked::tiny' has initializer but incomplete type\n",
                   "/abs/m.cpp", "m.cpp") == "m.cpp:3:12: a: b {c}");
}

TEST_CASE("other errors are reported as the first one, on one line") {
  CHECK(firstError("a.h:1:2: warning: w\n/abs/m.cpp:9:1: error: expected ';'\tx\nb:1: error: y\n",
                   "/abs/m.cpp", "m.cpp") == "m.cpp:9:1: expected ';' x");
  CHECK(firstError("m.cpp:1:10: fatal error: 'x.hpp' file not found", "m.cpp", "s/m.cpp") ==
        "s/m.cpp:1:10: 'x.hpp' file not found");
  CHECK(firstError("a.h:7:1: error: static assertion failed: text", "m.cpp", "m.cpp") ==
        "a.h:7:1: text");
  CHECK(firstError("collect2: ld returned 1", "m.cpp", "m.cpp") == "m.cpp: does not compile");
  CHECK(firstError("", "m.cpp", "m.cpp") == "m.cpp: does not compile");
}
