//===- PinnedUpload.h - Large copies to a GPU -------------------*- C++ -*-===//
#pragma once
#include "runtime/device/GpuDriver.h"
#include <array>

namespace cria::rt {

/// Copies through memory of the host that is pinned: a GPU reads it at the speed of its bus, and
/// reads one part while the host writes the next. Pages of a mapped file are not pinned, so the
/// driver would copy them by itself, one part after the other.
class PinnedUpload {
public:
  /// Bytes of a copy that is worth it.
  static constexpr std::size_t least = std::size_t(8) << 20;

  /// Of a GPU whose context is the thread's, `part` bytes at a time. Throws a cria::Error, as
  /// `copy` does.
  explicit PinnedUpload(const GpuDriver &driver, std::size_t part = least);
  ~PinnedUpload();
  PinnedUpload(const PinnedUpload &) = delete;
  PinnedUpload &operator=(const PinnedUpload &) = delete;

  /// Is done when it returns. Copies and kernels of other streams are not waited for.
  void copy(GpuAddress to, const std::byte *from, std::size_t bytes);

private:
  struct Slot {
    void *memory = nullptr;
    GpuHandle stream = nullptr;
  };
  void wait(const Slot &slot) const;

  const GpuDriver &driver_;
  std::size_t part_;
  std::array<Slot, 2> slots_;
};

} // namespace cria::rt
