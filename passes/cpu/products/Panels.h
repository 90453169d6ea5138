//===- Panels.h - Rows of rhs copied to where they are used -----*- C++ -*-===//
#pragma once
#include "passes/cpu/products/Block.h"

namespace cria {

/// Where rows of rhs lie while many rows of lhs are multiplied with them: panels [panel][step of
/// the reduction][output], in which a few vectors of outputs lie side by side.
class Panels {
public:
  Panels(ProductBuilder &b, int64_t lanes, int64_t vectors, int64_t step, int64_t depth);
  virtual ~Panels() = default;

  const int64_t lanes; ///< outputs of a vector of sums
  const int64_t width; ///< outputs of a panel
  const int64_t step;  ///< elements of the reduction per step
  const int64_t cut;   ///< elements of the reduction that are copied at a time

  virtual int64_t bytes() const = 0; ///< of a panel
  virtual void allocate(int64_t count) = 0;
  /// Copies rows `first` … of rhs, elements `from` … `from` + `count` - 1. Rows beyond the last are
  /// copies of the last, and elements beyond the last are zeros.
  virtual void copyRhs(mlir::Value panelCount, mlir::Value first, mlir::Value from,
                       mlir::Value count) = 0;
  /// Calls `body` for blocks of rows of lhs.
  virtual void overRows(llvm::function_ref<void(mlir::Value first, int64_t rows)> body);
  /// Copies of rows `first` … `first` + `rows` - 1 of lhs what is not used as it lies.
  virtual void copyLhs(mlir::Value first, int64_t rows, mlir::Value from, mlir::Value count) = 0;
  /// Adds the products of `block`, of rows of lhs with vectors of a panel, to out. Its first step
  /// is the element `from` of rows of lhs. It has no `add`.
  virtual void multiply(mlir::Value panel, mlir::Value from, Block block) = 0;

protected:
  /// Calls `body` for each vector of outputs of `panelCount` panels, with the rows of rhs that it
  /// is copied from.
  void overVectors(mlir::Value panelCount, mlir::Value first,
                   llvm::function_ref<void(mlir::Value panel, mlir::Value column,
                                           llvm::ArrayRef<mlir::Value> sources)>
                       body);
  /// Writes words of the rows of a vector of outputs, which are a square, to `to` from `word` on.
  void writeTransposed(llvm::MutableArrayRef<mlir::Value> rows, mlir::Value to, mlir::Value panel,
                       mlir::Value word, mlir::Value column);

  ProductBuilder &b;
};

/// Transposes a square of words; the number of rows is a power of two.
void transpose(ProductBuilder &b, llvm::MutableArrayRef<mlir::Value> rows);

/// Panels of f32 words, for a unit of them.
std::unique_ptr<Panels> floatPanels(ProductBuilder &b);
/// The same for a unit of tiles.
std::unique_ptr<Panels> tilePanels(ProductBuilder &b);
/// Panels of bytes and their scales, for a unit of integers.
std::unique_ptr<Panels> integerPanels(ProductBuilder &b);

} // namespace cria
