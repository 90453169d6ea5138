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
  bool whole = false; ///< tiles must be of one size, as an operand goes by groups
};

std::optional<SplitLoop> findSplitLoop(Operation *op) {
  SmallVector<int64_t> extents;
  OperandRange operands = op->getOperands();
  TileMap map = cast<TileMapOpInterface>(op).getTileMap();
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
  for (const OperandTile &dims : map.operands)
    for (const TileDim &dim : dims)
      if (best && dim.loop == int(best->loop))
        best->whole |= dim.scale != 1;
  return best;
}

/// The largest divisor of the extent in [size/2, size], else `size`: tiles of one
/// static size are faster than a last one of another size.
int64_t preferDivisor(const SplitLoop &split, int64_t size) {
  int64_t least = split.whole ? 1 : size / 2 + 1;
  for (int64_t candidate = size; candidate >= least; --candidate)
    if (split.extent % candidate == 0)
      return candidate;
  return size;
}

/// Tokens in the cache that a tiling is made for: attention over a full one, since the
/// longer the context, the more its tiles matter.
int64_t expectedContext(Operation *op) {
  auto attend = dyn_cast<AttendOp>(op);
  if (!attend)
    return 0;
  return cast<ShapedType>(attend.getKeys().getType()).getDimSize(1) -
         cast<ShapedType>(attend.getQ().getType()).getDimSize(0);
}

} // namespace

SmallVector<int64_t> chooseTileSizes(TilingInterface op, const TargetInfo &target) {
  for (Type type : op->getOperandTypes())
    if (auto shaped = dyn_cast<ShapedType>(type); shaped && !shaped.hasStaticShape())
      return {};
  std::optional<SplitLoop> split = findSplitLoop(op);
  int64_t bytes = cast<CostOpInterface>(op.getOperation()).getCost(expectedContext(op)).bytes();
  if (!split || bytes <= target.l1Bytes)
    return {};
  int64_t tiles = std::max<int64_t>(2, bytes / (target.l2Bytes / 2));
  int64_t size = std::max<int64_t>(1, split->extent / tiles);
  if (size == split->extent)
    return {};
  SmallVector<int64_t> sizes(op.getLoopIteratorTypes().size(), 0);
  sizes[split->loop] = preferDivisor(*split, size);
  return sizes;
}

} // namespace cria
