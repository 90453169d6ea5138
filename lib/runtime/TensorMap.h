//===- TensorMap.h - The tensors of mapped files ----------------*- C++ -*-===//
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

/// Throws a cria::Error that begins with `file` if two of `tensors` share a byte.
void refuseOverlaps(const TensorMap &tensors, std::string_view file);

} // namespace cria::rt
