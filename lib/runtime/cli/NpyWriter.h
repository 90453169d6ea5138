//===- NpyWriter.h - A matrix in NumPy's file format ------------*- C++ -*-===//
#pragma once
#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <string>

namespace cria::rt {

/// Writes `path` as an f32 matrix, row by row, under another name until it is complete: no
/// half file is ever seen, and a failure leaves what was there before. A device or a pipe is
/// written to as it is.
class NpyWriter {
public:
  /// Throws cria::Error, as all members do, if the file cannot be written, and UsageError if it
  /// is an input.
  NpyWriter(std::string path, int64_t rows, int64_t columns);
  ~NpyWriter();
  NpyWriter(const NpyWriter &) = delete;
  NpyWriter &operator=(const NpyWriter &) = delete;

  void write(std::span<const float> row);
  /// Gives the file its name, once all rows are written.
  void commit();

private:
  void put(const void *data, size_t bytes);

  std::string path_, temporary_; ///< temporary_ is empty where there is none
  std::unique_ptr<std::FILE, int (*)(std::FILE *)> file_{nullptr, std::fclose};
};

} // namespace cria::rt
