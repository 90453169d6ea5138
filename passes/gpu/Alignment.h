//===- Alignment.h - What is known of addresses -----------------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"

namespace cria {

/// A power of two, up to 64, that divides the address of the first element of each row of `buffer`:
/// of elements that differ in the last index alone. Arguments, weights and allocations begin at
/// multiples of 64 bytes.
int64_t rowAlignment(mlir::Value buffer);

} // namespace cria
