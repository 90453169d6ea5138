//===- TableTest.cpp - Aligned text ---------------------------------------===//
#include "measure/Table.h"
#include "catch2/catch.hpp"

using namespace cria::measure;

TEST_CASE("the first column is left-aligned, all others are right-aligned") {
  Table table({"set", "tokens/s", ""});
  table.add({"none", "1.00", "±1.0%"});
  table.add({"without rope", "1234", "-"});
  CHECK(table.text() == "set           tokens/s\n"
                        "-----------------------------\n"
                        "none              1.00  ±1.0%\n"
                        "without rope      1234      -\n");
}

TEST_CASE("a table without rows still has headings") {
  CHECK(Table({"a", "b"}).text() == "a  b\n----\n");
}

TEST_CASE("bytes use the unit with up to three digits before the point") {
  CHECK(bytesText(0) == "0 B");
  CHECK(bytesText(999) == "999 B");
  CHECK(bytesText(1000) == "1.00 kB");
  CHECK(bytesText(1234567) == "1.23 MB");
  CHECK(bytesText(2.47e9) == "2.47 GB");
  CHECK(bytesText(5e15) == "5000.00 TB");
  CHECK(bytesText(-3072) == "-3.07 kB");
}

TEST_CASE("percentages have a sign if requested, and more digits if small") {
  CHECK(percentText(0.0345) == "3.5%");
  CHECK(percentText(0.0345, /*isSigned=*/true) == "+3.5%");
  CHECK(percentText(-0.5) == "-50.0%");
  CHECK(percentText(0.00042) == "0.042%");
  CHECK(percentText(0) == "0.0%");
}

TEST_CASE("numbers have three significant digits") {
  CHECK(numberText(1234.5) == "1234");
  CHECK(numberText(12.34) == "12.3");
  CHECK(numberText(1.234) == "1.23");
}

TEST_CASE("missing measurements are dashes") {
  Summary none = summarise({});
  CHECK(bytesText(none.median) == "-");
  CHECK(percentText(none.median) == "-");
  CHECK(numberText(none.median) == "-");
  CHECK(spreadText(none) == "-");
  CHECK(spreadText(summarise({1, 2, 3, 4, 5})) == "±33.3%");
}
