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

/// The storage that holds the values of both.
const storage::Storage &commonStorage(const storage::Storage &a, const storage::Storage &b);

/// Whether the elements of `tensor` take as many bytes as it has; of a storage.
bool isWhole(const Tensor &tensor);

/// Writes the elements of `tensor` to `out` as `storage`, which holds the values of its own.
void widen(const Tensor &tensor, const storage::Storage &storage, void *out);

} // namespace cria::rt
