//===- CopyLine.h - Weights on their way to a GPU ---------------*- C++ -*-===//
#pragma once
#include "runtime/Stopwatch.h"
#include "support/StatusLine.h"
#include <cstddef>
#include <optional>

namespace cria::rt {

/// A line on a terminal that says how much was copied, if that takes longer than half a second. It
/// goes when this goes.
class CopyLine {
public:
  /// See CopyProgress.
  void show(std::size_t done, std::size_t all);

private:
  StatusLine line_{/*wanted=*/false};
  std::optional<Stopwatch> watch_; ///< since the beginning
  double next_ = 0.5;              ///< seconds after that
};

} // namespace cria::rt
