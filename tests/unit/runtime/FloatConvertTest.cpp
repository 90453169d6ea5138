#include "storage/FloatConvert.h"
#include "TestSupport.h"
#include <cmath>
#include <limits>

using namespace cria;

TEST_CASE("every f16 and bf16 survives the way to f32 and back") {
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    auto narrow = static_cast<uint16_t>(bits);
    if (float wide = f16ToFloat(narrow); std::isnan(wide))
      REQUIRE(std::isnan(f16ToFloat(floatToF16(wide))));
    else
      REQUIRE(floatToF16(wide) == narrow);
    if (float wide = bf16ToFloat(narrow); std::isnan(wide))
      REQUIRE(std::isnan(bf16ToFloat(floatToBf16(wide))));
    else
      REQUIRE(floatToBf16(wide) == narrow);
  }
}

TEST_CASE("f16 values are those of IEEE 754") {
  CHECK(f16ToFloat(0x3c00) == 1.0f);
  CHECK(f16ToFloat(0xc000) == -2.0f);
  CHECK(f16ToFloat(0x7bff) == 65504.0f);
  CHECK(f16ToFloat(0x0001) == 0x1p-24f);
  CHECK(f16ToFloat(0x7c00) == std::numeric_limits<float>::infinity());
}

TEST_CASE("narrowing rounds to nearest, ties to even") {
  CHECK(floatToBf16(1 + 0x1p-8f) == 0x3f80);            // tie, down to even
  CHECK(floatToBf16(1 + 3 * 0x1p-8f) == 0x3f82);        // tie, up to even
  CHECK(floatToBf16(1 + 0x1p-8f + 0x1p-20f) == 0x3f81); // above the tie
  CHECK(floatToF16(1 + 0x1p-11f) == 0x3c00);
  CHECK(floatToF16(1 + 3 * 0x1p-11f) == 0x3c02);
  CHECK(floatToF16(65519.0f) == 0x7bff);
  CHECK(floatToF16(65520.0f) == 0x7c00);
  CHECK(floatToF16(-65520.0f) == 0xfc00);
  CHECK(floatToF16(0x1p-25f) == 0);          // tie between 0 and the least subnormal
  CHECK(floatToF16(3 * 0x1p-25f) == 2);      // tie, up to even
  CHECK(floatToF16(0x1.ffep-15f) == 0x0400); // rounds up to the least normal
  CHECK(floatToBf16(std::numeric_limits<float>::max()) == 0x7f80);
}
