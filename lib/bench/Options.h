//===- Options.h - Options of a benchmark -----------------------*- C++ -*-===//
#pragma once
#include "measure/CommandLine.h"
#include "runtime/device/Devices.h"

namespace cria::bench {

struct Options : measure::Options {
  std::vector<std::int64_t> threads; ///< empty: all processors that this process may use
  std::int64_t prompt = 0;           ///< tokens; 0: 512, or a session's capacity if less
  bool kernels = false;              ///< a table per measurement
  std::string points;                ///< a file of points; "-": standard input; empty: none
  bool probes = false;               ///< only the limits of the machine, without a model
  rt::DeviceChoice device;           ///< `best`: what the target says

  bool isOnGpu() const { return device.kind == rt::DeviceChoice::gpu; }

  std::vector<std::int64_t> threadsOr(std::int64_t all) const {
    return threads.empty() ? std::vector<std::int64_t>{all} : threads;
  }
};

} // namespace cria::bench
