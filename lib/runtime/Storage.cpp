//===- Storage.cpp - From a file's storage to that of a parameter ---------===//
#include "runtime/Storage.h"
#include "cria/runtime/abi.h"
#include "storage/Blocks.h"
#include "storage/Packed.h"
#include <algorithm>
#include <vector>

namespace cria::rt {
namespace {

constexpr std::string_view f64 = "F64";

} // namespace

size_t elementsOf(const Tensor &tensor) {
  size_t count = 1;
  for (int64_t size : tensor.shape)
    count *= static_cast<size_t>(size);
  return count;
}

const storage::Storage *storageOf(std::string_view dtype) {
  std::string_view stored = dtype == f64 ? "F32" : dtype;
  auto all = storage::storages();
  auto found = std::ranges::find(all, stored, &storage::Storage::name);
  return found == all.end() ? nullptr : &*found;
}

StoredAs storedAs(std::string_view dtype) {
  bool packed = dtype.ends_with(storage::packedSuffix);
  if (packed)
    dtype.remove_suffix(storage::packedSuffix.size());
  const storage::Storage *found = storageOf(dtype);
  if (packed && found && !found->isBlock())
    found = nullptr;
  return {found, packed};
}

std::string dtypeOf(const storage::Storage &storage, bool packed) {
  return std::string(storage.name) + std::string(packed ? storage::packedSuffix : "");
}

const storage::Storage &commonStorage(const storage::Storage &a, const storage::Storage &b) {
  return &a == &b ? a : storage::storageOf(CRIA_F32);
}

bool isWhole(const Tensor &tensor) {
  if (tensor.dtype == f64)
    return tensor.bytes.size() == elementsOf(tensor) * sizeof(double);
  auto [stored, packed] = storedAs(tensor.dtype);
  return !tensor.shape.empty() && tensor.shape.back() % stored->elements == 0 &&
         (!packed || tensor.shape.front() % storage::packedRows == 0) &&
         tensor.bytes.size() == static_cast<size_t>(stored->bytesOf(int64_t(elementsOf(tensor))));
}

void widen(const Tensor &tensor, float *out) {
  std::span values(out, elementsOf(tensor));
  if (tensor.dtype != f64)
    return storageOf(tensor.dtype)->codec.decode(tensor.bytes.data(), values);
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<float>(storage::load<double>(&tensor.bytes[i * sizeof(double)]));
}

} // namespace cria::rt
