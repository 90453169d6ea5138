//===- Safetensors.h - The tensors of one safetensors file ------*- C++ -*-===//
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cria::rt {

/// A tensor in a mapped file. `bytes` is row-major, little-endian, and may be misaligned.
struct Tensor {
  std::string dtype; ///< as the file spells it: "F32", "BF16", ...
  std::vector<int64_t> shape;
  std::span<const std::byte> bytes;
};

using TensorMap = std::map<std::string, Tensor, std::less<>>;

/// Reads the header of `file`, the bytes of a safetensors file. The result points into
/// them. Every tensor lies inside the data, is as large as its shape says, and shares no byte
/// with another; a dtype that is not known here has no size to check.
/// Throws a cria::Error that begins with `name`.
TensorMap readSafetensors(std::span<const std::byte> file, std::string_view name);

} // namespace cria::rt
