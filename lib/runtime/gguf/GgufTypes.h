//===- GgufTypes.h - The types of GGUF's values and tensors -----*- C++ -*-===//
//
// The format is documented in https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
//
//===----------------------------------------------------------------------===//
#pragma once
#include <cstdint>
#include <string_view>

namespace cria::rt {

/// Types of the values of keys.
enum class GgufType : uint32_t {
  uint8,
  int8,
  uint16,
  int16,
  uint32,
  int32,
  float32,
  boolean,
  string,
  array,
  uint64,
  int64,
  float64,
  count
};

/// A type of tensors: `bytes` hold `elements` neighbours of a row.
struct GgmlType {
  uint32_t id;
  std::string_view name;
  uint64_t elements, bytes;
};

/// The type of that number; null if there is none.
const GgmlType *findGgmlType(uint32_t id);
const GgmlType *findGgmlType(std::string_view name);

/// Tensors begin at multiples of it, unless general.alignment says otherwise.
inline constexpr uint64_t ggufAlignment = 32;

} // namespace cria::rt
