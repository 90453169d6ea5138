//===- Checkpoint.h - The tensors of a model --------------------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include "runtime/Mapping.h"
#include "runtime/TensorMap.h"
#include <set>

namespace cria::rt {

/// The tensors of a model by name, mapped from its safetensors or GGUF files. Tensors point into
/// the mapping and live as long as the checkpoint (or, for blobs, the blobs).
///
/// The shards are those of the index. Of a tensor that several of them hold, the copy in the shard
/// that the index names counts, else the last. As in transformers, a name may lack the prefix
/// `model.`, or have one too many.
class Checkpoint {
public:
  /// `path` is a folder with `model.safetensors` or, failing that,
  /// `model.safetensors.index.json`, or one such file of any name, or a GGUF file, which may have
  /// further parts beside it. Throws cria::Error.
  static Checkpoint open(const std::filesystem::path &path);
  /// Those of `blobs` that are named `*.safetensors`, with their `*.index.json` if one is
  /// among them, or `*.gguf`. Throws cria::Error.
  static Checkpoint open(std::span<const cria_blob> blobs);

  /// For messages: the path, or the name of the first blob.
  const std::string &name() const { return name_; }
  /// Tensors under the names that the files give them.
  const TensorMap &tensors() const { return tensors_; }
  /// The files that the checkpoint consists of: its index, if it has one, then its shards.
  const std::vector<std::filesystem::path> &files() const { return paths_; }
  /// Has the system read all files into memory in the background, if they fit into half of it.
  void readAhead() const;
  /// Facts that a user should know, as sentences: superseded copies with other values.
  std::vector<std::string> notes() const;

  /// The tensor that a model calls `name`; null if there is none. Throws a cria::Error if two
  /// tensors of the files have that name.
  const Tensor *find(std::string_view name) const;
  /// The same, with the name in the files; a missing tensor is an error.
  const TensorMap::value_type &require(std::string_view name) const;

private:
  const TensorMap::value_type *locate(std::string_view name) const;
  void map(const std::filesystem::path &path);
  void addFile(const std::filesystem::path &path);
  std::set<std::string> readIndex(std::string_view text, std::string_view file);
  void addIndex(const std::filesystem::path &path);
  void addShard(std::string_view file, TensorMap tensors);

  std::string name_;
  std::vector<std::filesystem::path> paths_;
  std::vector<Mapping> files_;
  std::map<std::string, std::string, std::less<>> index_; ///< tensor to shard
  std::map<std::string, std::string, std::less<>> found_; ///< tensor to the shard it is from
  std::set<std::string> superseded_; ///< tensors whose last copy is not the one that counts
  TensorMap tensors_;
};

} // namespace cria::rt
