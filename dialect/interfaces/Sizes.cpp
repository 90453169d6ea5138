//===- Sizes.cpp - Sizes that ops accept ----------------------------------===//
#include "dialect/Cria.h"
#include "dialect/interfaces/Interfaces.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace cria::detail {
namespace {

/// Only the number of tokens may be dynamic.
LogicalResult verifyDynamicSizes(Operation *op) {
  // The last of the tiles of a parallel loop may be partial, along any of an op's loops.
  if (op->getParentOfType<scf::ForallOp>())
    return success();
  TileMap map = cast<TileMapOpInterface>(op).getTileMap();
  for (auto [number, dims] : llvm::enumerate(map.operands))
    for (auto [i, dim] : llvm::enumerate(dims)) {
      bool ofTokens = map.tokenLoop && dim.loop == int(*map.tokenLoop) && !dim.offsetByPosition;
      if (!ofTokens && cast<ShapedType>(op->getOperand(number).getType()).isDynamicDim(i))
        return op->emitOpError() << "dimension " << i << " of operand " << number
                                 << " is dynamic, but only the number of tokens may be";
    }
  return success();
}

/// Elements of `type`, with one for each dynamic size; none if they are too many to be counted.
std::optional<int64_t> countElements(ShapedType type) {
  int64_t count = 1;
  for (int64_t size : type.getShape())
    if (!ShapedType::isDynamic(size) && llvm::MulOverflow(count, size, count))
      return std::nullopt;
  return count;
}

/// Costs are products of elements of two operands, and must be countable as 64-bit integers.
LogicalResult verifyCountable(Operation *op) {
  constexpr int64_t most = int64_t(1) << 60;
  int64_t largest = 1, second = 1;
  for (auto [number, type] : llvm::enumerate(op->getOperandTypes())) {
    auto shaped = dyn_cast<ShapedType>(type);
    if (!shaped)
      continue;
    std::optional<int64_t> count = countElements(shaped);
    if (!count || *count > most / 8)
      return op->emitOpError() << "operand " << number << " is too large: " << type;
    second = std::max(second, std::min(largest, *count));
    largest = std::max(largest, *count);
  }
  if (second > most / largest)
    return op->emitOpError() << "operands of " << largest << " and " << second
                             << " elements are too large together";
  return success();
}

} // namespace

LogicalResult verifySizes(Operation *op) {
  return success(succeeded(verifyDynamicSizes(op)) && succeeded(verifyCountable(op)));
}

} // namespace cria::detail
