//===- Storage.h - From a file's storage to that of a parameter -*- C++ -*-===//
//
// Compiled code reads one storage, and may be given a file with another. f32 holds every value of
// all storages, so that widening is exact; F64 alone is rounded, to f32, as transformers does.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "runtime/TensorMap.h"
#include "storage/Storage.h"

namespace cria::rt {

/// The storage for a dtype of a file whose tensors can be weights; null for any other.
const storage::Storage *storageOf(std::string_view dtype);

/// The same, for tensors that may be packed.
struct StoredAs {
  const storage::Storage *storage; ///< null: weights are not stored so
  bool packed;                     ///< see storage/Packed.h
};
StoredAs storedAs(std::string_view dtype);
/// How a file spells it.
std::string dtypeOf(const storage::Storage &storage, bool packed);

/// The storage that holds the values of both.
const storage::Storage &commonStorage(const storage::Storage &a, const storage::Storage &b);

/// The product of its sizes.
size_t elementsOf(const Tensor &tensor);

/// Whether the elements of `tensor` take as many bytes as it has, and packed rows are whole; of a
/// storage.
bool isWhole(const Tensor &tensor);

/// Writes the values of `tensor`, which is not packed, to `out`.
void widen(const Tensor &tensor, float *out);

} // namespace cria::rt
