//===- Cost.h - Bytes and operations of an op -------------------*- C++ -*-===//
#pragma once
#include <cstdint>

namespace cria {

/// A call of an entry point.
struct Step {
  int64_t context; ///< tokens in the cache before it
  int64_t tokens;  ///< tokens of the call: the size of every dynamic dimension
};

/// Bytes moved and operations computed by an op whose operands and results are all in memory.
struct Cost {
  int64_t bytesRead = 0;    ///< bytes
  int64_t bytesWritten = 0; ///< bytes
  int64_t flops = 0;        ///< floating-point operations; a multiply-add is two

  int64_t bytes() const { return bytesRead + bytesWritten; }
  Cost &operator+=(const Cost &other) {
    bytesRead += other.bytesRead;
    bytesWritten += other.bytesWritten;
    flops += other.flops;
    return *this;
  }
  friend Cost operator*(Cost cost, int64_t times) {
    return {cost.bytesRead * times, cost.bytesWritten * times, cost.flops * times};
  }
  bool operator==(const Cost &) const = default;
};

} // namespace cria
