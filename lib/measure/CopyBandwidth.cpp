//===- CopyBandwidth.cpp - How fast a GPU moves bytes ---------------------===//
#include "measure/CopyBandwidth.h"
#include "runtime/Stopwatch.h"
#include <algorithm>

namespace cria::measure {
namespace {

/// Beyond every cache of a GPU.
constexpr std::size_t most = std::size_t(1) << 30;
/// Of the whole buffer between two waits: milliseconds, beside which launching and waiting are
/// little.
constexpr int passes = 8;
constexpr int repetitions = 3;

} // namespace

CopyBandwidth::CopyBandwidth(rt::Device &device) : device(device) {
  std::size_t bytes = std::clamp(device.freeBytes() / 8, std::size_t(1) << 20, most);
  for (std::unique_ptr<rt::Memory> &buffer : buffers)
    buffer = device.allocate(bytes, "buffers to measure the bandwidth with");
}

double CopyBandwidth::measure() const {
  double best = 0;
  for (std::size_t parts : {1, 4}) {
    std::size_t part = buffers[0]->size() / parts;
    rate(part);
    for (int i = 0; i < repetitions; ++i)
      best = std::max(best, rate(part));
  }
  return best;
}

double CopyBandwidth::rate(std::size_t part) const {
  const auto &[to, from] = buffers;
  std::size_t bytes = to->size() / part * part;
  device.wait();
  rt::Stopwatch watch;
  for (int pass = 0; pass < passes; ++pass)
    for (std::size_t at = 0; at < bytes; at += part)
      device.copy(to->data() + at, from->data() + at, part);
  device.wait();
  return 2.0 * passes * double(bytes) / watch.seconds();
}

} // namespace cria::measure
