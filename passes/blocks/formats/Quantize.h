//===- Quantize.h - Code that writes blocks ---------------------*- C++ -*-===//
#pragma once
#include "passes/blocks/formats/BlockReader.h"

namespace cria {

/// Code that rounds the group at element `k` of a row, a part of what `op` does.
void quantizeGroup(mlir::ImplicitLocOpBuilder &b, QuantizeOp op, mlir::Value bytes, mlir::Value row,
                   mlir::Value k);

/// Rounds vector<32xf32> into the group, which is a whole block.
void writeQ8(const GroupAt &at, mlir::Value values);
void writeQ8_0(const GroupAt &at, mlir::Value values);

/// The greatest magnitude of `values`, and NaN if one of them is.
mlir::Value greatestMagnitude(mlir::ImplicitLocOpBuilder &b, mlir::Value values);
/// The integers next to values · inverse, as f32 and in [-127, 127] in any case.
mlir::Value roundToInt8(const GroupAt &at, mlir::Value values, mlir::Value inverse);
/// Writes what `roundToInt8` gives, or a field of f16, f32 or i32.
void storeInt8(const GroupAt &at, int64_t offset, mlir::Value rounded);
void storeField(const GroupAt &at, int64_t offset, mlir::Value field);

} // namespace cria
