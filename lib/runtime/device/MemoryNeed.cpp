//===- MemoryNeed.cpp - What a model takes of a device's memory -----------===//
#include "runtime/device/MemoryNeed.h"
#include "runtime/Fail.h"
#include "runtime/device/DeviceWeights.h"
#include "storage/Storage.h"

namespace cria::rt {
namespace {

std::int64_t megabytes(std::int64_t bytes) { return (bytes + (1 << 20) - 1) >> 20; }

} // namespace

void requireMemory(const cria_model &model, const cria_code &code, std::size_t free) {
  auto weights = static_cast<std::int64_t>(DeviceWeights::bytesFor(model));
  std::int64_t row = 2 * model.layers * model.kv_heads *
                     storage::storageOf(model.kv_dtype).bytesOf(model.head_dim);
  std::int64_t caches = model.max_seq * row;
  std::int64_t floats = model.chunk * model.hidden + model.hidden + model.vocab + model.chunk;
  std::int64_t rest = code.workspace_bytes + code.scratch_bytes + floats * 4;
  auto room = static_cast<std::int64_t>(free);
  if (weights + caches + rest <= room)
    return;
  std::int64_t fitting = (room - weights - rest) / row;
  fail(
      "{} takes {} MB of the GPU's memory: {} for weights, {} for keys and values of {} tokens, {} "
      "for the rest; {} are free{}",
      model.name, megabytes(weights + caches + rest), megabytes(weights), megabytes(caches),
      model.max_seq, megabytes(rest), room >> 20,
      fitting > 0 ? fmt::format(", which are enough for criac --max-seq={}", fitting) : "");
}

} // namespace cria::rt
