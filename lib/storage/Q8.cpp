//===- Q8.cpp - Activations of 8 bits -------------------------------------===//
//
// f32 d, f32 sum of the values, i32 sum of the integers, i32 that of the first half, 32 x i8 q. A
// value is d * q. The sums are for weights that differ from integers by a minimum or a base.
//
//===----------------------------------------------------------------------===//
#include "storage/Blocks.h"

namespace cria::storage {
namespace {

constexpr int elements = 32, quants = 16;

void decode(const std::byte *block, float *values) {
  float d = load<float>(block);
  for (int i = 0; i < elements; ++i)
    values[i] = d * float(load<std::int8_t>(block + quants + i));
}

const Codec codec{Blocks<elements, quants + elements>::decode<decode>, nullptr};

} // namespace

const Storage q8{"", "q8", -1, "", -1, elements, quants + elements, codec};

} // namespace cria::storage
