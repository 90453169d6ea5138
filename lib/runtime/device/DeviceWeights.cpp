//===- DeviceWeights.cpp - Weights where the device reads them ------------===//
#include "runtime/device/DeviceWeights.h"
#include "storage/Storage.h"
#include <algorithm>
#include <span>
#include <vector>

namespace cria::rt {
namespace {

/// Bytes that are copied between two reports: long enough that one part need not wait for another,
/// short enough for a reader, should they come from a disk.
constexpr std::size_t partBytes = std::size_t(256) << 20;

/// What makes every load of a vector legal, with some to spare.
constexpr std::size_t alignment = 256;

std::span<const cria_param> paramsOf(const cria_model &model) {
  return {model.params, std::size_t(model.param_count)};
}
std::size_t bytesOf(const cria_param &param) {
  return std::size_t(storage::storageOf(param.dtype).bytesOf(elementCount(param)));
}
std::size_t placeOf(const cria_param &param) {
  return (bytesOf(param) + alignment - 1) / alignment * alignment;
}

std::size_t copiedBytes(const cria_model &model) {
  std::size_t total = 0;
  for (const cria_param &param : paramsOf(model))
    total += std::size_t(param.count) * bytesOf(param);
  return total;
}

/// Copies in parts, and reports each.
class Upload {
public:
  Upload(Device &device, std::size_t all, const CopyProgress &progress)
      : device_(device), all_(all), progress_(progress) {
    report();
  }

  void copy(std::byte *to, const void *from, std::size_t bytes) {
    for (std::size_t at = 0; at < bytes; at += partBytes) {
      std::size_t now = std::min(partBytes, bytes - at);
      device_.upload(to + at, static_cast<const std::byte *>(from) + at, now);
      done_ += now;
      report();
    }
  }

private:
  void report() const {
    if (progress_)
      progress_(done_, all_);
  }

  Device &device_;
  std::size_t all_, done_ = 0;
  const CopyProgress &progress_;
};

} // namespace

std::size_t DeviceWeights::bytesFor(const cria_model &model) {
  std::size_t total = 0;
  for (const cria_param &param : paramsOf(model))
    total += std::size_t(param.count) * placeOf(param);
  return total;
}

DeviceWeights::DeviceWeights(Device &device, const cria_model &model, const Weights &weights,
                             const CopyProgress &progress)
    : table_(weights.table()) {
  if (device.isHost())
    return;
  tensors_ = device.allocate(bytesFor(model), "weights");
  std::vector<const void *> table(std::size_t(model.weight_slots));
  std::byte *next = tensors_->data();
  Upload upload(device, copiedBytes(model), progress);
  for (const cria_param &param : paramsOf(model))
    for (std::int64_t i = param.first; i < param.first + param.count; ++i) {
      upload.copy(next, weights.table()[i], bytesOf(param));
      table[std::size_t(i)] = next;
      next += placeOf(param);
    }
  std::size_t bytes = table.size() * sizeof(void *);
  slots_ = device.allocate(bytes, "weight table");
  device.upload(slots_->data(), static_cast<const void *>(table.data()), bytes);
  table_ = slots_->as<const void *>();
}

} // namespace cria::rt
