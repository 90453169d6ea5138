//===- VectorizeRows.cpp - Rows as loops over vectors ---------------------===//
#include "dialect/base/Target.h"
#include "passes/Passes.h"
#include "passes/cpu/RowLoop.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_VECTORIZEROWSPASS
#include "passes/Passes.h.inc"

namespace {

struct VectorizeRows : impl::VectorizeRowsPassBase<VectorizeRows> {
  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    SmallVector<linalg::LinalgOp> ops;
    getOperation()->walk([&](linalg::LinalgOp op) { ops.push_back(op); });
    for (linalg::LinalgOp op : ops)
      if (std::optional<RowLoop> row = RowLoop::of(op))
        row->lower(rewriter, TargetInfo::of(op).lanes());
  }
};

} // namespace
} // namespace cria
