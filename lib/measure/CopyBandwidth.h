//===- CopyBandwidth.h - How fast a GPU moves bytes -------------*- C++ -*-===//
#pragma once
#include "runtime/device/Device.h"
#include <array>

namespace cria::measure {

/// Measures how fast the driver of a device copies within its memory: the read bandwidth of a GPU,
/// as far as it can be had without kernels of ours.
class CopyBandwidth {
public:
  /// Allocates two buffers of 1 GiB, or of an eighth of the free memory if that is less. Throws
  /// cria::Error.
  explicit CopyBandwidth(rt::Device &device);

  /// Bytes read and written per second: the best of several ways to cut the buffer into copies,
  /// each after one that is not timed.
  double measure() const;

private:
  double rate(std::size_t part) const;

  rt::Device &device;
  std::array<std::unique_ptr<rt::Memory>, 2> buffers;
};

} // namespace cria::measure
