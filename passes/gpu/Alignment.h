//===- Alignment.h - What is known of addresses -----------------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"

namespace cria {

/// A power of two, up to 64, that divides the address of the first element of each row of `buffer`:
/// of elements that differ in the last index alone. Arguments, weights and allocations begin at
/// multiples of 64 bytes.
int64_t rowAlignment(mlir::Value buffer);

/// What `width` elements of a row are aligned to at best, up to the bytes that one instruction
/// loads.
int64_t wholeAlignment(mlir::Value buffer, int64_t width);

/// What is known of `width` elements of a row, the first of which is at a multiple of them.
llvm::MaybeAlign accessAlignment(mlir::Value buffer, int64_t width);

} // namespace cria
