//===- IQ4_NL.cpp - 4 bits by a table, and a scale for 32 elements --------===//
//
// f16 d, 16 bytes of places. A value is d * number. The scale is found as llama.cpp finds it where
// it is given no importance of the elements, operation by operation in f32.
//
//===----------------------------------------------------------------------===//
#include "storage/Codebook.h"
#include "storage/KFit.h"

namespace cria::storage {
namespace {

constexpr const Codebook &table = iq4_nlValues;
constexpr int places = 2;

void decode(const std::byte *block, float *values) {
  decodePlaces(table, loadF16(block), block + places, values);
}

/// The place of the number nearest to x; of two that are as near, that of the greater one.
int nearestPlace(float x) {
  if (x <= table.front())
    return 0;
  if (!(x < table.back())) // NaN too
    return int(table.size()) - 1;
  auto above = std::upper_bound(table.begin(), table.end(), x);
  bool lower = x - float(above[-1]) < float(above[0]) - x;
  return int(above - table.begin()) - int(lower);
}

/// Of the scales around the one that gives the value of the greatest magnitude an end of the table,
/// the one whose least squares are least, larger values counting more.
float fitScale(const float *values) {
  constexpr int tries = 7;
  float extreme = extremeOf(values, codebookElements);
  if (std::abs(extreme) < leastScale)
    return 0;
  float scale = 0, best = 0;
  auto tryScale = [&](float inverse, bool take) {
    float qx = 0, qq = 0; // sums, weighted by the squares of the values
    for (int i = 0; i < codebookElements; ++i) {
      auto number = float(table[std::size_t(nearestPlace(inverse * values[i]))]);
      float weight = values[i] * values[i];
      qx += weight * number * values[i];
      qq += weight * number * number;
    }
    if (!take && !(qq > 0 && qx * qx > best * qq))
      return;
    scale = qx / qq;
    best = scale * qx;
  };
  tryScale(1 / (-extreme / float(table[0])), true);
  for (int i = -tries; i <= tries; ++i)
    tryScale(float(i + table[0]) / extreme, false);
  return scale;
}

void encode(const float *values, std::byte *block) {
  float scale = fitScale(values), inverse = scale == 0 ? 0 : 1 / scale;
  store(block, floatToF16(scale));
  encodePlaces(values, block + places, [&](float value) { return nearestPlace(inverse * value); });
}

constexpr Field fields[] = {{0, 2}, {2, 16}};

} // namespace

const Codec iq4_nlCodec{IQ4_NLBlocks::decode<decode>, IQ4_NLBlocks::encode<encode>,
                        /*encodeMultiples=*/nullptr, fields};

} // namespace cria::storage
