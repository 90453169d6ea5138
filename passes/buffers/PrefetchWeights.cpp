//===- PrefetchWeights.cpp - Prefetches for streams of weights ------------===//
#include "dialect/base/Target.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "passes/Passes.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_PREFETCHWEIGHTSPASS
#include "passes/Passes.h.inc"

namespace {

constexpr int64_t lineBytes = 64;

/// All values that the address of `read` depends on, including the weight.
llvm::SetVector<Value> addressOf(vector::TransferReadOp read) {
  llvm::SetVector<Value> values;
  values.insert(read.getBase());
  values.insert(read.getIndices().begin(), read.getIndices().end());
  for (size_t i = 0; i < values.size(); ++i)
    if (Operation *op = values[i].getDefiningOp())
      values.insert(op->operand_begin(), op->operand_end());
  return values;
}

/// Whether every loop around `read` changes its address.
bool isReadOnce(vector::TransferReadOp read, const llvm::SetVector<Value> &address) {
  for (auto loop = read->getParentOfType<LoopLikeOpInterface>(); loop;
       loop = loop->getParentOfType<LoopLikeOpInterface>()) {
    auto variables = loop.getLoopInductionVars();
    if (!variables || llvm::none_of(*variables, [&](Value v) { return address.contains(v); }))
      return false;
  }
  return true;
}

/// The loop whose induction variable is the last, contiguous index of a read of a weight; null if
/// `read` is something else.
scf::ForOp streamOf(vector::TransferReadOp read) {
  auto loop = dyn_cast<scf::ForOp>(read->getParentOp());
  auto type = dyn_cast<MemRefType>(read.getBase().getType());
  if (!loop || !type || read.getVectorType().getRank() != 1 ||
      read.getIndices().back() != loop.getInductionVar() || !type.isLastDimUnitStride())
    return {};
  llvm::SetVector<Value> address = addressOf(read);
  bool ofWeight = llvm::any_of(address, [](Value v) { return v.getDefiningOp<WeightOp>(); });
  return ofWeight && isReadOnce(read, address) ? loop : scf::ForOp();
}

struct PrefetchWeights : impl::PrefetchWeightsPassBase<PrefetchWeights> {
  void runOnOperation() override {
    SmallVector<vector::TransferReadOp> streams;
    getOperation()->walk([&](vector::TransferReadOp read) {
      if (streamOf(read))
        streams.push_back(read);
    });
    for (vector::TransferReadOp read : streams) {
      int64_t elementBytes = read.getVectorType().getElementTypeBitWidth() / 8;
      int64_t ahead = TargetInfo::of(read).prefetchBytes / elementBytes;
      OpBuilder b(read);
      for (int64_t line = 0;
           line * lineBytes < read.getVectorType().getNumElements() * elementBytes; ++line) {
        SmallVector<Value> indices(read.getIndices());
        Value distance = arith::ConstantIndexOp::create(b, read.getLoc(),
                                                        ahead + line * lineBytes / elementBytes);
        indices.back() = arith::AddIOp::create(b, read.getLoc(), indices.back(), distance);
        memref::PrefetchOp::create(b, read.getLoc(), read.getBase(), indices, /*isWrite=*/false,
                                   /*localityHint=*/3, /*isDataCache=*/true);
      }
    }
  }
};

} // namespace
} // namespace cria
