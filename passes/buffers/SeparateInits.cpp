//===- SeparateInits.cpp - A tensor to write to for every use -------------===//
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_SEPARATEINITSPASS
#include "passes/Passes.h.inc"

namespace {

/// Gives each use of the result of an `Init` a copy of the op.
template <class Init>
void separate(Operation *root) {
  SmallVector<Init> shared;
  root->walk([&](Init init) {
    if (init->getNumResults() == 1 && !init->use_empty() && !init->hasOneUse())
      shared.push_back(init);
  });
  OpBuilder b(root->getContext());
  for (Init init : shared) {
    for (OpOperand &use : llvm::make_early_inc_range(init->getUses())) {
      b.setInsertionPoint(use.getOwner());
      use.set(b.clone(*init)->getResult(0));
    }
    init->erase();
  }
}

struct SeparateInits : impl::SeparateInitsPassBase<SeparateInits> {
  void runOnOperation() override {
    separate<linalg::FillOp>(getOperation()); // of buffers have no result
    separate<tensor::EmptyOp>(getOperation());
  }
};

} // namespace
} // namespace cria
