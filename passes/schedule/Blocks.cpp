//===- Blocks.cpp - Register blocks of products ---------------------------===//
#include "passes/cpu/units/Unit.h"
#include "passes/schedule/Policies.h"
#include "llvm/ADT/bit.h"

namespace cria {

bool hasProducts(KernelOp kernel) {
  auto found = kernel.getBody().walk([](mlir::Operation *op) {
    return mlir::isa<LinearOp, AttendOp, AttendRowsOp, ScoresOp, MixOp>(op)
               ? mlir::WalkResult::interrupt()
               : mlir::WalkResult::advance();
  });
  return found.wasInterrupted();
}

/// Two vectors of outputs and as many rows as fit beside them and one broadcast element, with one
/// register to spare, but not more than 8: those are enough sums for the latency of any unit, they
/// divide chunks of tokens, and registers are left for what products of integers need besides. Of
/// tiles, two by two: there are eight registers. Then the longest cut of which these rows fill half
/// of the first-level cache.
ProductBlock chooseBlock(const TargetInfo &target, const Unit &unit) {
  constexpr int64_t vectors = 2, most = 8, f32Bytes = 4;
  ProductBlock block{};
  if (unit.asTiles()) {
    block.rows = block.outputs = 2 * TileUnit::side;
  } else {
    block.outputs = vectors * target.lanes();
    block.rows = std::clamp<int64_t>((target.vectorRegisters - vectors - 2) / vectors, 1, most);
  }
  int64_t fitting = target.l1Bytes / 2 / (f32Bytes * block.rows);
  block.depth = std::max(target.lanes(), int64_t(llvm::bit_floor(uint64_t(fitting))));
  return block;
}

} // namespace cria
