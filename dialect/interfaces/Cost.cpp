//===- Cost.cpp - Bytes of operands ---------------------------------------===//
#include "dialect/Cria.h"

using namespace mlir;

namespace cria::detail {

int64_t sizeOf(int64_t size, Step step) { return ShapedType::isDynamic(size) ? step.tokens : size; }

int64_t elementsOf(Value value, Step step) {
  int64_t count = 1;
  for (int64_t size : cast<ShapedType>(value.getType()).getShape())
    count *= sizeOf(size, step);
  return count;
}

int64_t bytesOf(Value value, Step step) {
  auto type = dyn_cast<ShapedType>(value.getType());
  return type ? cria::bytesOf(type.getElementType(), elementsOf(value, step)) : 0;
}

int64_t bytesOfRows(Value value, unsigned dim, int64_t rows, Step step) {
  auto type = cast<ShapedType>(value.getType());
  int64_t count = rows;
  for (auto [i, size] : llvm::enumerate(type.getShape()))
    count *= i == dim ? 1 : sizeOf(size, step);
  return cria::bytesOf(type.getElementType(), count);
}

int64_t bytesOfPairs(Value value, int64_t pairs) {
  auto type = cast<ShapedType>(value.getType());
  return cria::bytesOf(type.getElementType(), pairs * type.getDimSize(1));
}

int64_t bytesReadWhole(Operation *op, OpOperand &operand, Step step) {
  auto dst = dyn_cast<DestinationStyleOpInterface>(op);
  return dst && dst.isDpsInit(&operand) ? 0 : bytesOf(operand.get(), step);
}

Cost operandBytes(Operation *op, Step step) {
  auto costly = cast<CostOpInterface>(op);
  Cost cost;
  for (OpOperand &operand : op->getOpOperands())
    cost.bytesRead += costly.getBytesRead(operand, step);
  for (OpOperand &init : cast<DestinationStyleOpInterface>(op).getDpsInitsMutable())
    cost.bytesWritten += costly.getBytesWritten(init, step);
  return cost;
}

} // namespace cria::detail
