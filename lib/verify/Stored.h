//===- Stored.h - Tensors in mapped files, for the reference ----*- C++ -*-===//
#pragma once
#include "storage/Storage.h"
#include "verify/Weights.h"
#include <filesystem>

namespace cria::verify {

struct Mapped {
  std::shared_ptr<void> memory; ///< unmaps the file in the end
  std::span<const unsigned char> bytes;
};

/// Maps `file`, of at least 8 bytes. Throws cria::Error.
Mapped mapFile(const std::filesystem::path &file);

/// A tensor whose rows follow one another at `data`.
std::unique_ptr<Tensor> storedTensor(Format format, const unsigned char *data);
/// The same of blocks, of which those of eight rows may be stored together.
std::unique_ptr<Tensor> storedTensor(const storage::Storage &storage, bool packed,
                                     const unsigned char *data);

} // namespace cria::verify
