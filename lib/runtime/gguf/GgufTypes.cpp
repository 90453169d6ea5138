//===- GgufTypes.cpp - The types of GGUF's tensors ------------------------===//
#include "runtime/gguf/GgufTypes.h"
#include "storage/Packed.h"

namespace cria::rt {
namespace {

/// Those that weights can have here, as they are and packed, then others. Those that no model is
/// stored in, and numbers that were given up, are left out.
constexpr GgmlType types[] = {
#define CRIA_STORAGE(NAME, word, id, safetensors, gguf, elements, bytes)                           \
  {gguf, #NAME, elements, bytes},
    CRIA_STORAGES(CRIA_STORAGE)
#undef CRIA_STORAGE
#define CRIA_STORAGE(NAME, word, id, safetensors, gguf, elements, bytes)                           \
  {storage::packedGguf + (gguf), #NAME "x8", elements, bytes},
        CRIA_BLOCK_STORAGES(CRIA_STORAGE)
#undef CRIA_STORAGE
            {3, "Q4_1", 32, 20},
    {6, "Q5_0", 32, 22},
    {7, "Q5_1", 32, 24},
    {10, "Q2_K", 256, 84},
    {11, "Q3_K", 256, 110},
    {16, "IQ2_XXS", 256, 66},
    {17, "IQ2_XS", 256, 74},
    {18, "IQ3_XXS", 256, 98},
    {19, "IQ1_S", 256, 50},
    {21, "IQ3_S", 256, 110},
    {22, "IQ2_S", 256, 82},
    {23, "IQ4_XS", 256, 136},
    {24, "I8", 1, 1},
    {25, "I16", 1, 2},
    {26, "I32", 1, 4},
    {27, "I64", 1, 8},
    {28, "F64", 1, 8},
    {29, "IQ1_M", 256, 56},
    {34, "TQ1_0", 256, 54},
    {35, "TQ2_0", 256, 66},
    {40, "NVFP4", 64, 36}};

} // namespace

const GgmlType *findGgmlType(uint32_t id) {
  for (const GgmlType &type : types)
    if (type.id == id)
      return &type;
  return nullptr;
}

const GgmlType *findGgmlType(std::string_view name) {
  for (const GgmlType &type : types)
    if (type.name == name)
      return &type;
  return nullptr;
}

} // namespace cria::rt
