//===- TileKernels.cpp - Kernels to parallel tiles ------------------------===//
#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"
#include "passes/Passes.h"
#include "passes/loops/TileSizes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_TILEKERNELSPASS
#include "passes/Passes.h.inc"

namespace {
using ControlFnResult = scf::SCFTileAndFuseOptions::ControlFnResult;

/// The op that the kernel is there for: the last one that can be tiled.
TilingInterface rootOf(KernelOp kernel) {
  for (Operation &op : llvm::reverse(kernel.getBody().front()))
    if (auto root = dyn_cast<TilingInterface>(op))
      return root;
  return {};
}

LogicalResult tile(KernelOp kernel, IRRewriter &rewriter) {
  TilingInterface root = rootOf(kernel);
  if (!root)
    return success();
  SmallVector<int64_t> sizes = chooseTileSizes(root, TargetInfo::of(kernel));
  if (sizes.empty())
    return success();
  scf::SCFTileAndFuseOptions options;
  options.tilingOptions.setLoopType(scf::SCFTilingOptions::LoopType::ForallOp);
  options.tilingOptions.setTileSizes(getAsIndexOpFoldResult(kernel.getContext(), sizes));
  // What comes from outside is in memory: fusing it would compute it again.
  options.setFusionControlFn(
      [&](tensor::ExtractSliceOp, OpResult producer, bool) -> std::optional<ControlFnResult> {
        if (producer.getOwner()->getParentOp() != kernel)
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

struct TileKernels : impl::TileKernelsPassBase<TileKernels> {
  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    auto result = getOperation()->walk([&](KernelOp kernel) {
      return failed(tile(kernel, rewriter)) ? WalkResult::interrupt() : WalkResult::advance();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};

} // namespace
} // namespace cria
