//===- NpyWriter.h - A matrix in NumPy's file format ------------*- C++ -*-===//
#pragma once
#include "runtime/FileWriter.h"
#include <cstdint>
#include <span>

namespace cria::rt {

/// Writes a file as an f32 matrix, row by row. The file appears when it is complete.
class NpyWriter {
public:
  /// Throws cria::Error, as all members do, if the file cannot be written, and UsageError if it
  /// is an input.
  NpyWriter(std::string path, int64_t rows, int64_t columns);

  void write(std::span<const float> row) { file_.write(row.data(), row.size_bytes()); }
  /// Gives the file its name, once all rows are written.
  void commit() { file_.commit(); }

private:
  FileWriter file_;
};

} // namespace cria::rt
