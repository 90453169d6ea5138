//===- NpyWriter.cpp - A matrix in NumPy's file format --------------------===//
#include "runtime/cli/NpyWriter.h"
#include "runtime/Npy.h"
#include "support/FilesRead.h"
#include <array>

namespace cria::rt {

/// `path`, if it is not an input.
static std::string allowed(std::string path) {
  FilesRead::refuse(path);
  return path;
}

NpyWriter::NpyWriter(std::string path, int64_t rows, int64_t columns)
    : file_(allowed(std::move(path))) {
  std::string head = npyHeader("f4", std::array{rows, columns});
  file_.write(head.data(), head.size());
}

} // namespace cria::rt
