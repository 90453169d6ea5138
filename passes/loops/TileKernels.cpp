//===- TileKernels.cpp - Kernels as parallel tiles ------------------------===//
#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"
#include "mlir/Dialect/SCF/Utils/Utils.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "passes/Passes.h"
#include "passes/schedule/Tiles.h"

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

/// Tiles the ops of `group` along its split loop.
FailureOr<scf::ForallOp> tile(const TileGroup &group, ArrayRef<int64_t> sizes,
                              const FrozenRewritePatternSet &patterns, IRRewriter &rewriter) {
  TilingInterface root = group.root();
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
  return cast<scf::ForallOp>(tiled->loops.front().getOperation());
}

/// The tile sizes of `group`, whose tiles are as many as those of `first`, which has `sizes`.
SmallVector<int64_t> sizesLike(const TileGroup &first, ArrayRef<int64_t> sizes,
                               const TileGroup &group) {
  if (&group == &first)
    return llvm::to_vector(sizes);
  int64_t size = sizes[first.loop()];
  if (group.extent() != first.extent())
    size = group.extent() / (first.extent() / size);
  SmallVector<int64_t> own(group.root().getLoopIteratorTypes().size(), 0);
  own[group.loop()] = size;
  return own;
}

/// Makes one loop of loops with the same number of tiles, at the end of the kernel.
LogicalResult fuse(MutableArrayRef<scf::ForallOp> loops, KernelOp kernel, IRRewriter &rewriter) {
  for (scf::ForallOp &loop : loops) {
    rewriter.moveOpBefore(loop, kernel.getYield());
    auto counted = normalizeForallOp(rewriter, loop);
    if (failed(counted))
      return failure();
    loop = *counted;
  }
  scf::ForallOp fused = loops.front();
  for (scf::ForallOp loop : loops.drop_front())
    fused = fuseIndependentSiblingForallLoops(fused, loop, rewriter);
  return success();
}

void eraseDead(Block &body, IRRewriter &rewriter) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(body)))
    if (isOpTriviallyDead(&op))
      rewriter.eraseOp(&op);
}

LogicalResult tile(KernelOp kernel, const FrozenRewritePatternSet &patterns, IRRewriter &rewriter) {
  Block &body = kernel.getBody().front();
  eraseDead(body, rewriter);
  Grid grid(kernel);
  if (!grid.fault().empty())
    return kernel.emitOpError() << "is not one grid: " << grid.fault();
  ArrayRef<int64_t> sizes = scheduleOf(kernel).getTiles();
  if (sizes.empty())
    return success();
  if (std::string fault = faultOfTiles(grid, sizes); !fault.empty())
    return kernel.emitOpError() << "\"" << kernel.getName() << "\": " << fault;
  SmallVector<scf::ForallOp> loops;
  for (const TileGroup &group : grid.groups()) {
    auto loop = tile(group, sizesLike(grid.groups().front(), sizes, group), patterns, rewriter);
    if (failed(loop))
      return failure();
    loops.push_back(*loop);
  }
  if (loops.size() > 1 && failed(fuse(loops, kernel, rewriter)))
    return kernel.emitOpError("has tiles that cannot be fused");
  eraseDead(body, rewriter);
  return success();
}

struct TileKernels : impl::TileKernelsPassBase<TileKernels> {
  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    FrozenRewritePatternSet patterns = slicePatterns(&getContext());
    auto result = getOperation()->walk([&](KernelOp kernel) {
      return failed(tile(kernel, patterns, rewriter)) ? WalkResult::interrupt()
                                                      : WalkResult::skip();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};

} // namespace
} // namespace cria
