//===- F16.cpp - IEEE 754 binary16 ----------------------------------------===//
#include "storage/Blocks.h"

namespace cria::storage {
namespace {

void decode(const std::byte *block, float *value) { *value = loadF16(block); }
void encode(const float *value, std::byte *block) { store(block, floatToF16(*value)); }

} // namespace

const Codec f16Codec{F16Blocks::decode<decode>, F16Blocks::encode<encode>};

} // namespace cria::storage
