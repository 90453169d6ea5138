//===- Storage.h - From a file's storage to that of a parameter -*- C++ -*-===//
//
// The tensors of one parameter share a storage in compiled code, though the file may store
// those of some layers in another. Each storage here holds every value of the narrower ones, so
// that widening is exact; F64 alone is rounded, to f32, as transformers does.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "runtime/TensorMap.h"
#include <optional>

namespace cria::rt {

/// CRIA_F32, CRIA_F16 or CRIA_BF16 for a dtype of a safetensors file whose tensors can be weights.
std::optional<int64_t> storageOf(std::string_view dtype);

/// The storage that holds the values of both.
int64_t commonStorage(int64_t a, int64_t b);

/// Writes the elements of `tensor` to `out` as `storage`, which holds the values of its own.
void widen(const Tensor &tensor, int64_t storage, void *out);

} // namespace cria::rt
