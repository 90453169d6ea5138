//===- CacheRows.cpp - The part of a cache that tokens take ---------------===//
#include "runtime/CacheRows.h"

namespace cria::rt {

CacheRows::CacheRows(Device &device, const Memory &keys, const Memory &values, std::size_t stride,
                     std::size_t used)
    : device_(device), used_(used) {
  for (const Memory *cache : {&keys, &values})
    for (std::size_t at = 0; at < cache->size(); at += stride)
      ranges_.push_back(cache->data() + at);
}

std::span<const std::byte> CacheRows::get(std::size_t range) {
  const std::byte *rows = ranges_[range];
  if (device_.isHost())
    return {rows, used_};
  copy_.resize(used_);
  device_.download(copy_.data(), rows, used_);
  return copy_;
}

void CacheRows::set(std::size_t range, std::span<const std::byte> rows) {
  device_.upload(ranges_[range], rows.data(), rows.size());
}

} // namespace cria::rt
