//===- Cost.cpp - Bytes of operands ---------------------------------------===//
#include "dialect/Cria.h"

using namespace mlir;

namespace cria::detail {

int64_t bytesOf(Value value) {
  auto type = dyn_cast<ShapedType>(value.getType());
  if (!type || !type.hasStaticShape())
    return 0;
  return type.getNumElements() * type.getElementTypeBitWidth() / 8;
}

int64_t bytesOfRows(Value value, unsigned dim, int64_t rows) {
  auto type = cast<ShapedType>(value.getType());
  if (!type.hasStaticShape() || ShapedType::isDynamic(rows))
    return 0;
  SmallVector<int64_t> shape(type.getShape());
  shape[dim] = rows;
  return ShapedType::getNumElements(shape) * type.getElementTypeBitWidth() / 8;
}

int64_t bytesReadWhole(Operation *op, OpOperand &operand) {
  auto dst = dyn_cast<DestinationStyleOpInterface>(op);
  return dst && dst.isDpsInit(&operand) ? 0 : bytesOf(operand.get());
}

Cost operandBytes(Operation *op, int64_t context) {
  auto costly = cast<CostOpInterface>(op);
  Cost cost;
  for (OpOperand &operand : op->getOpOperands())
    cost.bytesRead += costly.getBytesRead(operand, context);
  for (OpOperand &init : cast<DestinationStyleOpInterface>(op).getDpsInitsMutable())
    cost.bytesWritten += costly.getBytesWritten(init, context);
  return cost;
}

} // namespace cria::detail
