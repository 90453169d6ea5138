//===- CacheRows.h - The part of a cache that tokens take -------*- C++ -*-===//
#pragma once
#include "runtime/device/Device.h"
#include <vector>

namespace cria::rt {

/// The memory of the keys, then of the values, of a session's first tokens: a range for each layer
/// and head. On a GPU one range at a time is copied, so that the host never has a whole cache.
class CacheRows {
public:
  /// `used` bytes at every `stride` of `keys`, then of `values`. All must outlive this.
  CacheRows(Device &device, const Memory &keys, const Memory &values, std::size_t stride,
            std::size_t used);

  std::size_t count() const { return ranges_.size(); }
  /// Of each range.
  std::size_t bytes() const { return used_; }
  /// Range number `range` as it is now, for as long as `get` is not called again.
  std::span<const std::byte> get(std::size_t range);
  void set(std::size_t range, std::span<const std::byte> rows);

private:
  Device &device_;
  std::size_t used_;
  std::vector<std::byte *> ranges_;
  std::vector<std::byte> copy_; ///< of a GPU's
};

} // namespace cria::rt
