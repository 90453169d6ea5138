//===- Weights.h - The weight table of a model ------------------*- C++ -*-===//
#pragma once
#include "runtime/Checkpoint.h"
#include <optional>

namespace cria::rt {

/// What the compiled code reads its weights through, and the memory behind it. Immutable
/// once made, so any number of sessions and threads may share it.
class Weights {
public:
  /// Points into the mapped files; only a tensor that is misaligned in its file, or is stored
  /// there in fewer bits than the code reads, is copied. Throws cria::Error if a tensor is missing,
  /// has another shape or does not fit the storage it was compiled for.
  Weights(const cria_model &model, Checkpoint checkpoint);
  /// Makes every weight from `seed`; see RandomWeights.h.
  Weights(const cria_model &model, uint64_t seed);

  /// weight_slots pointers.
  const void *const *table() const { return table_.data(); }

  /// Whether `file` is one that the weights are read from.
  bool readsFrom(const std::filesystem::path &file) const;

  /// Depends on names, types and shapes, and on a sample of the elements of every tensor.
  uint64_t fingerprint() const;

  /// Throws a cria::Error that names the first element that is NaN or infinite.
  void checkFinite() const;

private:
  const cria_model &model_;
  std::string source_; ///< for messages
  Checkpoint checkpoint_;
  std::vector<Mapping> memory_;
  std::vector<const void *> table_;
};

/// The weights of `model` from where the user wants them: `path` (a folder or a file) if
/// it is not empty, else what is embedded, else random ones if it was compiled so, else the
/// folder $CRIA_WEIGHTS, else the folder it was compiled from. Throws cria::Error.
Weights loadWeights(const cria_model &model, const std::string &path);

/// The name of tensor `i` of `param`: "{}" becomes `i`.
std::string tensorName(const cria_param &param, int64_t i);

/// Elements of one tensor of `param`.
int64_t elementCount(const cria_param &param);

} // namespace cria::rt
