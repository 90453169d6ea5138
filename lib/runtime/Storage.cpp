//===- Storage.cpp - From a file's storage to that of a parameter ---------===//
#include "runtime/Storage.h"
#include "cria/runtime/abi.h"
#include "storage/Blocks.h"
#include <algorithm>
#include <vector>

namespace cria::rt {
namespace {

constexpr std::string_view f64 = "F64";

size_t elementsOf(const Tensor &tensor) {
  size_t count = 1;
  for (int64_t size : tensor.shape)
    count *= static_cast<size_t>(size);
  return count;
}

} // namespace

const storage::Storage *storageOf(std::string_view dtype) {
  std::string_view stored = dtype == f64 ? "F32" : dtype;
  auto all = storage::storages();
  auto found = std::ranges::find(all, stored, &storage::Storage::name);
  return found == all.end() ? nullptr : &*found;
}

const storage::Storage &commonStorage(const storage::Storage &a, const storage::Storage &b) {
  return &a == &b ? a : storage::storageOf(CRIA_F32);
}

bool isWhole(const Tensor &tensor) {
  if (tensor.dtype == f64)
    return tensor.bytes.size() == elementsOf(tensor) * sizeof(double);
  const storage::Storage &stored = *storageOf(tensor.dtype);
  return !tensor.shape.empty() && tensor.shape.back() % stored.elements == 0 &&
         tensor.bytes.size() == static_cast<size_t>(stored.bytesOf(int64_t(elementsOf(tensor))));
}

void widen(const Tensor &tensor, const storage::Storage &storage, void *out) {
  if (tensor.dtype == storage.name) {
    std::ranges::copy(tensor.bytes, static_cast<std::byte *>(out));
    return;
  }
  std::span values(static_cast<float *>(out), elementsOf(tensor));
  if (tensor.dtype != f64)
    return storageOf(tensor.dtype)->codec.decode(tensor.bytes.data(), values);
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<float>(storage::load<double>(&tensor.bytes[i * sizeof(double)]));
}

} // namespace cria::rt
