//===- Q8.h - Activations of 8 bits ---------------------------*- C++ -*-===//
#pragma once
#include "passes/blocks/formats/BlockReader.h"

namespace cria {

/// The sum of the values of a group, or of one of its halves if there are 2 `parts`.
mlir::Value sumOfQ8(const GroupAt &at, int64_t part = 0, int64_t parts = 1);
/// That of the integers, as i32.
mlir::Value integerSumOfQ8(const GroupAt &at, int64_t part, int64_t parts);
/// The bytes 4 · `word` … 4 · `word` + 3 of a group, `lanes` times.
mlir::Value wordOfQ8(const GroupAt &at, mlir::Value word, int64_t lanes);

} // namespace cria
