//===- TileSizes.cpp - How large a tile is --------------------------------===//
#include "passes/loops/TileSizes.h"
#include "dialect/Cria.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"

using namespace mlir;

namespace cria {
namespace {

/// The loop that runs over the largest operand, and that loop's extent.
struct SplitLoop {
  unsigned loop = 0;
  int64_t extent = 1;
};

std::optional<SplitLoop> findSplitLoop(Operation *op) {
  SmallVector<int64_t> extents;
  OperandRange operands = op->getOperands();
  // An element-wise op of another dialect: all operands follow all loops.
  auto tileMap = dyn_cast<TileMapOpInterface>(op);
  if (!tileMap) {
    auto shape = cast<ShapedType>(op->getResult(0).getType()).getShape();
    auto longest = llvm::max_element(shape);
    return SplitLoop{unsigned(longest - shape.begin()), *longest};
  }
  TileMap map = tileMap.getTileMap();
  for (auto [operand, dimension, scale] : map.loops)
    extents.push_back(cast<ShapedType>(operands[operand].getType()).getDimSize(dimension) / scale);

  std::optional<SplitLoop> best;
  int64_t bestBytes = -1;
  for (auto [operand, dims] : llvm::zip_equal(operands, map.operands)) {
    int64_t bytes = detail::bytesOf(operand);
    for (const TileDim &dim : dims) {
      if (dim.loop == TileDim::whole || dim.offsetByPosition)
        continue;
      int64_t extent = extents[dim.loop];
      if (bytes > bestBytes || (bytes == bestBytes && extent > best->extent)) {
        best = {unsigned(dim.loop), extent};
        bestBytes = bytes;
      }
    }
  }
  return best;
}

int64_t bytesMoved(Operation *op) {
  if (auto costly = dyn_cast<CostOpInterface>(op))
    return costly.getCost(/*context=*/0).bytes();
  int64_t bytes = 0;
  for (Value operand : op->getOperands())
    bytes += detail::bytesOf(operand);
  return bytes;
}

/// The largest divisor of `extent` in [size/2, size], else `size`: tiles of one
/// static size are faster than a last one of another size.
int64_t preferDivisor(int64_t extent, int64_t size) {
  for (int64_t candidate = size; candidate > size / 2; --candidate)
    if (extent % candidate == 0)
      return candidate;
  return size;
}

} // namespace

SmallVector<int64_t> chooseTileSizes(TilingInterface op, const TargetInfo &target) {
  std::optional<SplitLoop> split = findSplitLoop(op);
  int64_t bytes = bytesMoved(op);
  if (!split || bytes <= target.l1Bytes)
    return {};
  int64_t tiles = std::max<int64_t>(2, bytes / (target.l2Bytes / 2));
  int64_t size = std::max<int64_t>(1, split->extent / tiles);
  if (size == split->extent)
    return {};
  SmallVector<int64_t> sizes(op.getLoopIteratorTypes().size(), 0);
  sizes[split->loop] = preferDivisor(split->extent, size);
  return sizes;
}

} // namespace cria
