//===- Storage.cpp - From a file's storage to that of a parameter ---------===//
#include "runtime/Storage.h"
#include "runtime/DType.h"
#include "runtime/FloatConvert.h"
#include <cstring>

namespace cria::rt {
namespace {

/// `convert` of each element, from memory that may be misaligned.
template <class From, class Convert>
void convertAll(const Tensor &tensor, void *out, Convert convert) {
  auto *to = static_cast<float *>(out);
  const std::byte *from = tensor.bytes.data();
  for (size_t i = 0, count = tensor.bytes.size() / sizeof(From); i < count; ++i) {
    From value;
    std::memcpy(&value, from + i * sizeof(From), sizeof(From));
    to[i] = convert(value);
  }
}

} // namespace

std::optional<int64_t> storageOf(std::string_view dtype) {
  if (dtype == "F32" || dtype == "F64")
    return CRIA_F32;
  if (dtype == "F16")
    return CRIA_F16;
  if (dtype == "BF16")
    return CRIA_BF16;
  return std::nullopt;
}

int64_t commonStorage(int64_t a, int64_t b) { return a == b ? a : CRIA_F32; }

void widen(const Tensor &tensor, int64_t storage, void *out) {
  if (tensor.dtype == dtypeName(storage))
    std::memcpy(out, tensor.bytes.data(), tensor.bytes.size());
  else if (tensor.dtype == "F64")
    convertAll<double>(tensor, out, [](double value) { return static_cast<float>(value); });
  else if (tensor.dtype == "F16")
    convertAll<uint16_t>(tensor, out, f16ToFloat);
  else
    convertAll<uint16_t>(tensor, out, bf16ToFloat);
}

} // namespace cria::rt
