//===- GpuClock.h - Times of kernels by events of the driver ----*- C++ -*-===//
#pragma once
#include "runtime/device/GpuDriver.h"
#include "runtime/device/LaunchClock.h"

namespace cria::rt {

/// Records an event in the stream after each launch. Events are used again for the next call.
class GpuClock : public LaunchClock {
public:
  GpuClock(const GpuDriver &driver, GpuHandle context, GpuHandle stream)
      : driver_(driver), context_(context), stream_(stream) {}
  ~GpuClock() override;
  GpuClock(const GpuClock &) = delete;
  GpuClock &operator=(const GpuClock &) = delete;

  void begin() override;
  void launched(std::int64_t kernel) override;
  void book(std::span<KernelTime> times) const override;

private:
  void mark(std::size_t event);

  const GpuDriver &driver_;
  GpuHandle context_, stream_;
  std::vector<GpuHandle> events_;     ///< the beginning, then the end of each launch
  std::vector<std::int64_t> kernels_; ///< that were launched in this call
};

} // namespace cria::rt
