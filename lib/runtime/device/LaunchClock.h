//===- LaunchClock.h - Times of kernels that are launched -------*- C++ -*-===//
#pragma once
#include "runtime/Team.h"

namespace cria::rt {

/// Of the launches of one call at a time. Throws cria::Error.
class LaunchClock {
public:
  virtual ~LaunchClock() = default;
  /// A call begins.
  virtual void begin() = 0;
  /// Kernel number `kernel` was launched. It is taken to last from the end of the one before, or
  /// from the beginning.
  virtual void launched(std::int64_t kernel) = 0;
  /// Adds the times of the call to `times`, by kernel; once the device has been waited for.
  virtual void book(std::span<KernelTime> times) const = 0;
};

} // namespace cria::rt
