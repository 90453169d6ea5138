//===- Stopwatch.h - Time since a moment ------------------------*- C++ -*-===//
#pragma once
#include <chrono>

namespace cria::rt {

/// Seconds since it was made.
class Stopwatch {
public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

} // namespace cria::rt
