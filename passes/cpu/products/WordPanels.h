//===- WordPanels.h - Panels of f32 words -----------------------*- C++ -*-===//
#pragma once
#include "passes/cpu/products/Panels.h"

namespace cria {

/// Rows of rhs as words of a unit: panels [panel][word][output].
class WordPanels : public Panels {
public:
  int64_t bytes() const override { return 4 * words * width; }
  void copyRhs(mlir::Value panelCount, mlir::Value first, mlir::Value from,
               mlir::Value count) override;

protected:
  /// Of so many vectors of outputs, whose products take steps of `step` elements.
  WordPanels(ProductBuilder &b, int64_t vectors, int64_t step);

  void allocatePanels(int64_t count) { panels = b.scratch({count, words, width}); }
  /// Steps of `size` elements along the reduction, of which the last may be partial. `word` counts
  /// from the beginning of the cut.
  void overDepth(int64_t size, mlir::Value from, mlir::Value count,
                 llvm::function_ref<void(mlir::Value k, mlir::Value word, int64_t present)> body);

  const int64_t words; ///< of a cut
  mlir::Value panels;
};

} // namespace cria
