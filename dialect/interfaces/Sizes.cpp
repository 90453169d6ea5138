//===- Sizes.cpp - Sizes that ops accept ----------------------------------===//
#include "dialect/Cria.h"
#include "dialect/interfaces/Interfaces.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>

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

/// Costs must be countable as 64-bit integers. The operations of an op are at most the square root
/// of the product of the elements of all operands: T · N · K for [T, K], [N, K] and [T, N].
LogicalResult verifyCountable(Operation *op) {
  constexpr double most = 60; // binary digits; the rest is for factors and sums
  double digits = 0;
  for (auto [number, type] : llvm::enumerate(op->getOperandTypes())) {
    auto shaped = dyn_cast<ShapedType>(type);
    if (!shaped)
      continue;
    std::optional<int64_t> count = countElements(shaped);
    if (!count || std::log2(double(*count)) > most - 6)
      return op->emitOpError() << "operand " << number << " is too large: " << type;
    digits += *count ? std::log2(double(*count)) / 2 : 0;
  }
  if (digits > most)
    return op->emitOpError("has operands that are too large together: its operations cannot be "
                           "counted");
  return success();
}

} // namespace

LogicalResult verifySizes(Operation *op) {
  return success(succeeded(verifyDynamicSizes(op)) && succeeded(verifyCountable(op)));
}

} // namespace cria::detail
