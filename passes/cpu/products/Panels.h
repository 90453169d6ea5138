//===- Panels.h - Rows of rhs copied to where they are used -----*- C++ -*-===//
#pragma once
#include "passes/cpu/products/Product.h"

namespace cria {

/// Copies rows `first` … of rhs, elements `from` … `from` + `count` - 1, to panels
/// [panel][word][output], in which the words of `plan.columns` vectors of outputs lie side by side.
/// Rows beyond the last are copies of the last, and elements beyond the last are zeros.
void copyToPanels(ProductBuilder &b, mlir::Value panels, mlir::Value panelCount, mlir::Value first,
                  mlir::Value from, mlir::Value count);

/// Copies rows `first` … `first` + `rows` - 1 of lhs as words to `to` [row][word].
void copyLhs(ProductBuilder &b, mlir::Value to, mlir::Value first, int64_t rows, mlir::Value from,
             mlir::Value count);

} // namespace cria
