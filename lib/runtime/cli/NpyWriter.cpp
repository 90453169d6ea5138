//===- NpyWriter.cpp - A matrix in NumPy's file format --------------------===//
#include "runtime/cli/NpyWriter.h"
#include <fmt/format.h>

namespace cria::rt {

/// Version 1.0: magic, length of the rest, a Python dict padded to a multiple of 64 bytes.
static std::string header(int64_t rows, int64_t columns) {
  std::string dict =
      fmt::format("{{'descr': '<f4', 'fortran_order': False, 'shape': ({}, {}), }}", rows, columns);
  constexpr size_t before = 10;
  dict.resize((before + dict.size() + 1 + 63) / 64 * 64 - before - 1, ' ');
  dict += '\n';
  std::string out("\x93NUMPY\x01\x00", 8);
  out += static_cast<char>(dict.size() & 0xff);
  out += static_cast<char>(dict.size() >> 8);
  return out + dict;
}

NpyWriter::NpyWriter(std::string path, int64_t rows, int64_t columns) : file_(std::move(path)) {
  std::string head = header(rows, columns);
  file_.write(head.data(), head.size());
}

} // namespace cria::rt
