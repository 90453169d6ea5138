//===- FormatsTest.cpp - Storage formats, bit by bit ----------------------===//
#include "verify/Formats.h"
#include "storage/FloatConvert.h"
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>

using namespace cria::verify;

TEST_CASE("every half and every bfloat16 is read as the runtime reads it") {
  for (std::uint32_t bits = 0; bits < 1 << 16; ++bits) {
    unsigned char bytes[] = {static_cast<unsigned char>(bits),
                             static_cast<unsigned char>(bits >> 8)};
    auto same = [&](Format format, float other) {
      double read = decode(format, bytes);
      return std::isnan(read) ? std::isnan(other) : read == double(other);
    };
    REQUIRE(same(Format::f16, cria::f16ToFloat(std::uint16_t(bits))));
    REQUIRE(same(Format::bf16, cria::bf16ToFloat(std::uint16_t(bits))));
  }
}

TEST_CASE("numbers that a format has stay, others go to the nearest") {
  CHECK(rounded(Format::f16, 1 + 0x1p-10) == 1 + 0x1p-10);
  CHECK(rounded(Format::f16, 1 + 0x1p-11) == 1);          // a tie goes to the even one
  CHECK(rounded(Format::f16, 1 + 0x3p-11) == 1 + 0x1p-9); // a tie
  CHECK(rounded(Format::f16, -(1 + 0x1.1p-11)) == -(1 + 0x1p-10));
  CHECK(rounded(Format::f16, 65519) == 65504);
  CHECK(rounded(Format::f16, 65520) == INFINITY);
  CHECK(rounded(Format::f16, 0x1.8p-25) == 0x1p-24); // subnormal
  CHECK(rounded(Format::bf16, 1 + 0x1p-8) == 1);
  CHECK(rounded(Format::bf16, 3e38) == Approx(3e38).epsilon(0.01));
  CHECK(rounded(Format::f32, 0.1) == double(0.1f));
  CHECK(rounded(Format::f32, 0) == 0);
}
