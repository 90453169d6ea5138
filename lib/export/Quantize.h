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
  std::string to;
  double error; ///< root mean square of the differences over that of the values; 0: exact
};

struct Wish {
  /// Of matrices; null: that which each has. Where blocks do not fit the rows, they stay as they
  /// are. Tables of tokens and heads are stored as q8_0 where this has fewer bits: all layers' work
  /// ends in them.
  const storage::Storage *storage = nullptr;
  /// The storage of the matrix called so in GGUF files, which goes before all that; null: as for
  /// the others.
  std::function<const storage::Storage *(const std::string &name)> byName;
  /// Pack matrices of blocks (storage/Packed.h), but for the table of tokens: a head that is tied
  /// to it is then written as a tensor of its own.
  bool packed = false;
};

/// Writes the weights of `imported`, which was read from `model`, a Hugging Face folder or a GGUF
/// file, to `file` as `wish` says; vectors are f32. Rows of tensors pass through one by one. Throws
/// cria::Error.
void quantize(const import::Imported &imported, const std::filesystem::path &model,
              const Wish &wish, const std::filesystem::path &file,
              const std::function<void(const Written &)> &report);

} // namespace cria::gguf
