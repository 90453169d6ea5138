//===- Synthetic.cpp - Numbers to measure with ----------------------------===//
#include "measure/Synthetic.h"
#include "runtime/RandomFill.h"
#include "runtime/Weights.h"
#include "storage/Storage.h"

namespace cria::measure {

rt::Mapping syntheticCache(const cria_model &model, const char *name) {
  std::int64_t rows = model.layers * model.kv_heads * model.max_seq;
  cria_param param{name, model.kv_dtype, 2, {rows, model.head_dim}, 1, 0, 0, 0};
  rt::Mapping cache = rt::Mapping::zeros(
      std::size_t(storage::storageOf(model.kv_dtype).bytesOf(rt::elementCount(param))), "KV cache");
  rt::fillRandom(param, rt::RandomTensor(/*seed=*/1, name, 2, model.head_dim), cache.data());
  return cache;
}

std::int32_t syntheticToken(std::int64_t i, const cria_model &model) {
  return std::int32_t(rt::mix64(std::uint64_t(i)) % std::uint64_t(model.vocab));
}

} // namespace cria::measure
