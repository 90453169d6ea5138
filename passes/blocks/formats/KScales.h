//===- KScales.h - Reading the scales of Q4_K and Q5_K ---------*- C++ -*-===//
#pragma once
#include "passes/blocks/formats/BlockReader.h"

namespace cria {

/// What groups of Q4_K and Q5_K have in common; lib/storage/KScales.h describes the layout.
class KGroup {
public:
  static constexpr int64_t bytes = 16; ///< of scales and minima

  explicit KGroup(const GroupAt &at) : at(at) {}

  /// The 4 bits of each element, of which the bytes of a pair of groups begin at `quants`.
  mlir::Value lower(int64_t quants) const;
  /// With the scale and the minimum of the group.
  Integers scaled(mlir::Value quants) const;
  BlockScales scalesOfBlock() const;

private:
  const GroupAt &at;
};

} // namespace cria
