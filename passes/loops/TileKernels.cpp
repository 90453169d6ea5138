//===- TileKernels.cpp - Kernels as parallel tiles ------------------------===//
#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "passes/Passes.h"
#include "passes/loops/TileSizes.h"
#include "report/StepCost.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_TILEKERNELSPASS
#include "passes/Passes.h.inc"

namespace {
using ControlFnResult = scf::SCFTileAndFuseOptions::ControlFnResult;

/// Rewrites slices of reshapes to reshapes of slices, so that producers become visible, and slices
/// of empty tensors to smaller empty tensors.
FrozenRewritePatternSet slicePatterns(MLIRContext *context) {
  RewritePatternSet patterns(context);
  tensor::populateBubbleUpExtractSliceOpPatterns(patterns);
  tensor::populateFoldTensorEmptyPatterns(patterns);
  return patterns;
}

LogicalResult tile(const TileGroup &group, const FrozenRewritePatternSet &patterns,
                   IRRewriter &rewriter) {
  TilingInterface root = group.root();
  SmallVector<int64_t> sizes = chooseTileSizes(group, TargetInfo::of(root));
  if (sizes.empty())
    return success();
  scf::SCFTileAndFuseOptions options;
  options.tilingOptions.setLoopType(scf::SCFTilingOptions::LoopType::ForallOp);
  options.tilingOptions.setTileSizes(getAsIndexOpFoldResult(root.getContext(), sizes));
  options.cleanupPatterns = patterns;
  // Producers outside of the group are in memory already: fusing them would recompute them.
  options.setFusionControlFn(
      [&](tensor::ExtractSliceOp, OpResult producer, bool) -> std::optional<ControlFnResult> {
        if (!group.contains(producer.getOwner()))
          return std::nullopt;
        return ControlFnResult{};
      });
  rewriter.setInsertionPoint(root);
  auto tiled = scf::tileConsumerAndFuseProducersUsingSCF(rewriter, root, options);
  if (failed(tiled))
    return root->emitOpError("cannot be tiled");
  for (auto [value, replacement] : tiled->replacements)
    rewriter.replaceAllUsesWith(value, replacement);
  return success();
}

/// From last to first, each op that no later one has taken into its tiles is a root.
LogicalResult tile(KernelOp kernel, int64_t mostTokens, const FrozenRewritePatternSet &patterns,
                   IRRewriter &rewriter) {
  Block &body = kernel.getBody().front();
  for (Operation *op = body.getTerminator(); op;) {
    Operation *previous = op->getPrevNode();
    if (isOpTriviallyDead(op)) {
      rewriter.eraseOp(op);
    } else if (auto root = dyn_cast<TilingInterface>(op); root && isa<TileMapOpInterface>(op)) {
      if (failed(tile(chooseGroup(root, mostTokens), patterns, rewriter)))
        return failure();
      previous = op->getPrevNode();
      if (isOpTriviallyDead(op))
        rewriter.eraseOp(op);
    }
    op = previous;
  }
  return success();
}

struct TileKernels : impl::TileKernelsPassBase<TileKernels> {
  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    FrozenRewritePatternSet patterns = slicePatterns(&getContext());
    getOperation()->walk([&](func::FuncOp func) {
      int64_t mostTokens = report::mostTokens(func);
      auto result = func.walk([&](KernelOp kernel) {
        return failed(tile(kernel, mostTokens, patterns, rewriter)) ? WalkResult::interrupt()
                                                                    : WalkResult::skip();
      });
      if (result.wasInterrupted())
        signalPassFailure();
    });
  }
};

} // namespace
} // namespace cria
