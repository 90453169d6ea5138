//===- PinnedUpload.cpp - Large copies to a GPU ---------------------------===//
#include "runtime/device/PinnedUpload.h"
#include <algorithm>
#include <cstring>

namespace cria::rt {

PinnedUpload::PinnedUpload(const GpuDriver &driver, std::size_t part)
    : driver_(driver), part_(part) {
  constexpr const char *what = "memory for copies to the GPU";
  for (Slot &slot : slots_) {
    driver_.check(driver_.streamCreate(&slot.stream, GpuDriver::nonBlocking), what);
    driver_.check(driver_.hostAllocate(&slot.memory, part, /*flags=*/0), what);
  }
}

PinnedUpload::~PinnedUpload() {
  for (const Slot &slot : slots_) {
    if (slot.memory)
      driver_.hostFree(slot.memory);
    if (slot.stream)
      driver_.streamDestroy(slot.stream);
  }
}

void PinnedUpload::wait(const Slot &slot) const {
  driver_.check(driver_.streamWait(slot.stream), "a copy to the GPU failed");
}

void PinnedUpload::copy(GpuAddress to, const std::byte *from, std::size_t bytes) {
  for (std::size_t at = 0, number = 0; at < bytes; at += part_, ++number) {
    const Slot &slot = slots_[number % slots_.size()];
    std::size_t now = std::min(part_, bytes - at);
    wait(slot); // until the GPU has read what was there
    std::memcpy(slot.memory, from + at, now);
    driver_.check(driver_.copyToDevice(to + at, slot.memory, now, slot.stream),
                  "a copy to the GPU failed");
  }
  std::ranges::for_each(slots_, [&](const Slot &slot) { wait(slot); });
}

} // namespace cria::rt
