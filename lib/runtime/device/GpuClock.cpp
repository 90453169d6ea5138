//===- GpuClock.cpp - Times of kernels by events of the driver ------------===//
#include "runtime/device/GpuClock.h"
#include <cmath>

namespace cria::rt {
namespace {

constexpr const char *what = "kernels cannot be timed on the GPU";

} // namespace

GpuClock::~GpuClock() {
  if (driver_.contextSet(context_) == 0)
    for (GpuHandle event : events_)
      driver_.eventDestroy(event);
}

void GpuClock::begin() {
  kernels_.clear();
  mark(0);
}

void GpuClock::launched(std::int64_t kernel) {
  kernels_.push_back(kernel);
  mark(kernels_.size());
}

void GpuClock::mark(std::size_t event) {
  if (event == events_.size())
    driver_.check(driver_.eventCreate(&events_.emplace_back(), /*flags=*/0), what);
  driver_.check(driver_.eventRecord(events_[event], stream_), what);
}

void GpuClock::book(std::span<KernelTime> times) const {
  for (std::size_t i = 0; i < kernels_.size(); ++i) {
    float milliseconds = 0;
    driver_.check(driver_.eventElapsed(&milliseconds, events_[i], events_[i + 1]), what);
    KernelTime &time = times[static_cast<std::size_t>(kernels_[i])];
    ++time.calls;
    time.nanoseconds += std::llround(1e6 * static_cast<double>(milliseconds));
  }
}

} // namespace cria::rt
