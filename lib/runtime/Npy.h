//===- Npy.h - NumPy's file format ------------------------------*- C++ -*-===//
//
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html: a magic string, the
// length of a header, the header as a Python dict, then the elements.
//
//===----------------------------------------------------------------------===//
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cria::rt {

/// The array in a .npy file.
struct NpyArray {
  /// Kind and bytes of an element, such as "f4", "i8" or "V2"; little-endian.
  std::string dtype;
  std::vector<int64_t> shape;      ///< empty for a single number
  std::span<const std::byte> data; ///< row-major elements, inside the bytes that were read
  int64_t elements() const { return static_cast<int64_t>(data.size()) / elementSize; }
  int64_t elementSize = 1;
};

/// Reads `file`, the bytes of a .npy file called `name`. Takes booleans, integers, floats and raw
/// bytes of 1 to 8 bytes, little-endian, in C order. Throws cria::Error: one line that names the
/// file, the field and its value.
NpyArray readNpy(std::span<const std::byte> file, const std::string &name);

/// What a version 1.0 file begins with; `dtype` is such as "f4". `shape` is written as it is.
std::string npyHeader(std::string_view dtype, std::span<const int64_t> shape);

} // namespace cria::rt
