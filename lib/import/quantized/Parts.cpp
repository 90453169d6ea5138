//===- Parts.cpp - The tensors of one quantised matrix --------------------===//
#include "import/quantized/Parts.h"
#include "runtime/Fail.h"
#include "runtime/Storage.h"
#include "storage/Blocks.h"

namespace cria::import {

void Parts::refuse(std::string_view part, const std::string &why) const {
  rt::fail("{}: tensor {}{}: {}", checkpoint.name(), module, part, why);
}

const rt::Tensor &Parts::require(std::string_view part, std::string_view dtype,
                                 const std::vector<std::int64_t> &shape) const {
  const rt::Tensor &tensor = checkpoint.require(module + std::string(part)).second;
  if (tensor.dtype != dtype)
    refuse(part, fmt::format("dtype: {} is not {}", rt::printable(tensor.dtype), dtype));
  requireShape(part, tensor, shape);
  return tensor;
}

void Parts::requireShape(std::string_view part, const rt::Tensor &tensor,
                         const std::vector<std::int64_t> &shape) const {
  if (tensor.shape != shape)
    refuse(part, fmt::format("shape: [{}] is not [{}]", fmt::join(tensor.shape, ", "),
                             fmt::join(shape, ", ")));
}

std::vector<float> Parts::floats(std::string_view part) const {
  const rt::Tensor &tensor = checkpoint.require(module + std::string(part)).second;
  const storage::Storage *storage = rt::storageOf(tensor.dtype);
  if (!storage || storage->isBlock())
    refuse(part, fmt::format("dtype: {} is not F32, F16 or BF16", rt::printable(tensor.dtype)));
  std::int64_t count = 1;
  for (std::int64_t size : tensor.shape)
    count *= size;
  std::vector<float> values(static_cast<size_t>(count));
  rt::widen(tensor, values.data());
  return values;
}

std::vector<std::int32_t> Parts::groups(std::string_view part, std::int64_t columns,
                                        std::int64_t count) const {
  std::vector<std::int32_t> all;
  if (!find(part))
    return all;
  const std::byte *at = require(part, "I32", {columns}).bytes.data();
  for (std::int64_t k = 0; k < columns; ++k, at += sizeof(std::int32_t)) {
    all.push_back(storage::load<std::int32_t>(at));
    if (all.back() < 0 || all.back() >= count)
      refuse(part, fmt::format("element {}: {} is not one of the {} groups", k, all.back(), count));
  }
  return all;
}

} // namespace cria::import
