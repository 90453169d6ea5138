//===- DepfileTest.cpp - Names that Make and Ninja escape -----------------===//
#include "support/Depfile.h"
#include "support/Error.h"
#include <catch2/catch.hpp>

using cria::depfile;
using cria::depfileInputs;
using Paths = std::vector<std::filesystem::path>;

TEST_CASE("names are escaped as GCC does") {
  CHECK(depfile("out", {"a b", "c#d", "e$f", "g:h"}) == R"(out: \
  a\ b \
  c\#d \
  e$$f \
  g\:h

a\ b:

c\#d:

e$$f:

g\:h:
)");
}

TEST_CASE("what is written is read back") {
  Paths inputs{"plain",  "a b",  "tab\there", R"(back\slash)", R"(end\)", R"(x\ y)", R"(two\\ z)",
               "$HOME$", "#b#c", "d:e",       "ü/雪",          "a b c",   "%.o"};
  CHECK(depfileInputs(depfile("the target", inputs)) == inputs);
  CHECK(depfileInputs(depfile("t", {})).empty());
}

TEST_CASE("what compilers write is read") {
  CHECK(depfileInputs("main: main.cpp \\\n  /usr/a.h /usr/b\\ c.h \\\n  d.h\n\nd.h:\n") ==
        Paths{"main.cpp", "/usr/a.h", "/usr/b c.h", "d.h"});
  CHECK(depfileInputs("\n\nmain: a.h").size() == 1);
  CHECK(depfileInputs("").empty());
}

TEST_CASE("a line break cannot be written") {
  CHECK_THROWS_AS(depfile("t", {"a\nb"}), cria::Error);
  CHECK_THROWS_AS(depfile("t\r", {}), cria::Error);
}
