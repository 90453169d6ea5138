//===- F32.cpp - IEEE 754 binary32 ----------------------------------------===//
#include "storage/Blocks.h"

namespace cria::storage {
namespace {

void decode(const std::byte *block, float *value) { *value = load<float>(block); }
void encode(const float *value, std::byte *block) { store(block, *value); }

} // namespace

const Codec f32Codec{F32Blocks::decode<decode>, F32Blocks::encode<encode>};

} // namespace cria::storage
