//===- BF16.cpp - bfloat16, the upper half of binary32 --------------------===//
#include "storage/Blocks.h"

namespace cria::storage {
namespace {

void decode(const std::byte *block, float *value) {
  *value = bf16ToFloat(load<std::uint16_t>(block));
}
void encode(const float *value, std::byte *block) { store(block, floatToBf16(*value)); }

} // namespace

const Codec bf16Codec{BF16Blocks::decode<decode>, BF16Blocks::encode<encode>};

} // namespace cria::storage
