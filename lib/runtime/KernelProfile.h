//===- KernelProfile.h - Where the time of compiled code goes ---*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include "runtime/Team.h"
#include <string>
#include <string_view>

namespace cria::rt {

/// Work of a kernel, or of several.
struct KernelWork {
  double bytes = 0, flops = 0;

  KernelWork &operator+=(const KernelWork &other) {
    bytes += other.bytes;
    flops += other.flops;
    return *this;
  }
};

/// Work of one call of the entry point `entry` ("prefill", "decode", "head", "state") with `tokens`
/// tokens after `context` others: the sum over its kernels.
KernelWork workOf(const cria_code &code, std::string_view entry, int64_t context, int64_t tokens);

/// Times and work of each kernel, over calls of entry points on one team or GPU at a time.
class KernelProfile {
public:
  explicit KernelProfile(const cria_code &code);

  /// For Team::profile and LaunchClock::book.
  std::span<KernelTime> times() { return times_; }
  /// Notes a call of an entry point that took `seconds`.
  void addCall(std::string_view entry, int64_t context, int64_t tokens, double seconds);

  struct Row {
    std::string name; ///< without the entry point's
    int64_t calls = 0;
    double seconds = 0;
    KernelWork work;
  };
  struct Entry {
    std::string name;
    int64_t calls = 0;
    double seconds = 0;
    std::vector<Row> rows;

    /// Seconds of the calls that no kernel took.
    double between() const;
  };
  /// The entry points that were called. Figures are totals over all their calls.
  std::vector<Entry> entries() const;

private:
  const cria_code &code_;
  std::vector<KernelTime> times_; ///< per kernel of the code
  std::vector<KernelWork> work_;  ///< per kernel of the code
  std::vector<Entry> entries_;    ///< without rows
};

} // namespace cria::rt
