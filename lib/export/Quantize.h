//===- Quantize.h - A model as a GGUF file of another storage ---*- C++ -*-===//
#pragma once
#include "import/Model.h"
#include "storage/Storage.h"
#include <functional>

namespace cria::gguf {

/// How a tensor was written.
struct Written {
  std::string name;
  std::string_view from; ///< storage in the source, as its file spells it
  std::string_view to;
  double error; ///< root mean square of the differences over that of the values; 0: exact
};

/// The storage of the matrix called so in GGUF files; null: as for the others.
using ByName = std::function<const storage::Storage *(const std::string &name)>;

/// Writes the weights of `imported`, which was read from `model`, a Hugging Face folder or a GGUF
/// file, to `file`: matrices as `storage`, where whole blocks fit their rows, the rest as it is or
/// in f32. Tables of tokens and heads are stored as q8_0 where `storage` has fewer bits: all
/// layers' work ends in them. What `byName` says goes before all that. Rows of tensors pass through
/// one by one. Throws cria::Error.
void quantize(const import::Imported &imported, const std::filesystem::path &model,
              const storage::Storage &storage, const ByName &byName,
              const std::filesystem::path &file,
              const std::function<void(const Written &)> &report);

} // namespace cria::gguf
