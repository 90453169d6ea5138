//===- Q8.h - Activations of 8 bits ---------------------------*- C++ -*-===//
#pragma once
#include "passes/cpu/blocks/BlockReader.h"

namespace cria {

/// Loops that round the rows of x.
void lowerQuantize(QuantizeOp op);
/// The sum of the values of a group.
mlir::Value sumOfQ8(const GroupAt &at);

} // namespace cria
