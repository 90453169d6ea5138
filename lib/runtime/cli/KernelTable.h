//===- KernelTable.h - A profile of kernels as text -------------*- C++ -*-===//
#pragma once
#include "runtime/KernelProfile.h"

namespace cria::rt {

/// Limits of the machine, per second; 0: unknown.
struct KernelLimits {
  double bytes = 0, flops = 0;

  bool known() const { return bytes > 0 && flops > 0; }
  /// The fraction that `work` in `seconds` is of the limit that it is closest to.
  double fraction(const KernelWork &work, double seconds) const;
  /// Whether reading is that limit, and not multiplying.
  bool isReading(const KernelWork &work) const;
};

/// A table for a terminal, with a row per kernel, a row for what is between kernels, and the sum.
/// Times and work are those of one call of the entry point. With known limits, a column for the
/// fraction of the limit that binds each kernel.
std::string kernelTable(const KernelProfile::Entry &entry, const KernelLimits &limits = {});

} // namespace cria::rt
