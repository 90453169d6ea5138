//===- MXFP4.cpp - Floats of 4 bits and an exponent for 32 elements -------===//
//
// u8 e, 16 bytes of places. A value is 2^(e - 128) * number, which is 2^(e - 127) times a number of
// E2M1. As in ggml, no e stands for NaN.
//
//===----------------------------------------------------------------------===//
#include "storage/Codebook.h"

namespace cria::storage {
namespace {

constexpr int places = 1;

float scaleOf(std::uint8_t e) {
  return std::bit_cast<float>(e < 2 ? std::uint32_t(1 << 21) << e : std::uint32_t(e - 1) << 23);
}

void decode(const std::byte *block, float *values) {
  decodePlaces(mxfp4Values, scaleOf(load<std::uint8_t>(block)), block + places, values);
}

/// The exponent at which the value of the greatest magnitude is in [4, 8): the most is 6.
void encode(const float *values, std::byte *block) {
  float extreme = std::abs(extremeOf(values, codebookElements));
  float exponent = extreme > 0 ? std::floor(std::log2(extreme)) + 125 : 0;
  auto e = std::uint8_t(std::fmax(0.f, std::fmin(254.f, exponent)));
  store(block, e);
  float scale = scaleOf(e);
  encodePlaces(values, block + places, [&](float value) {
    auto distance = [&](int number) { return std::abs(scale * float(number) - value); };
    auto nearest = std::ranges::min_element(mxfp4Values, {}, distance);
    return int(nearest - mxfp4Values.begin());
  });
}

constexpr Field fields[] = {{0, 1}, {1, 16}};

} // namespace

const Codec mxfp4Codec{MXFP4Blocks::decode<decode>, MXFP4Blocks::encode<encode>,
                       /*encodeMultiples=*/nullptr, fields};

} // namespace cria::storage
