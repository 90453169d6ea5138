//===- Checkpoint.h - The tensors of a model --------------------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include "runtime/Mapping.h"
#include "runtime/Safetensors.h"

namespace cria::rt {

/// The tensors of a model by name, mapped from its safetensors files. What it gives out points
/// into the mapping and lives as long as the checkpoint (or, for blobs, the blobs).
class Checkpoint {
public:
  /// `path` is a folder with `model.safetensors` or `model.safetensors.index.json`, or one
  /// such file of any name. Throws cria::Error.
  static Checkpoint open(const std::filesystem::path &path);
  /// Those of `blobs` that are named `*.safetensors`. Throws cria::Error.
  static Checkpoint open(std::span<const cria_blob> blobs);

  /// What messages call it: the path, or the name of the first blob.
  const std::string &name() const { return name_; }
  const TensorMap &tensors() const { return tensors_; }
  /// The files that are mapped.
  const std::vector<std::filesystem::path> &files() const { return paths_; }
  /// Null if there is no such tensor.
  const Tensor *find(std::string_view tensor) const;

private:
  void addFile(const std::filesystem::path &path);
  void addIndex(const std::filesystem::path &path);
  void add(TensorMap tensors, std::string_view file);

  std::string name_;
  std::vector<std::filesystem::path> paths_;
  std::vector<Mapping> files_;
  TensorMap tensors_;
};

} // namespace cria::rt
