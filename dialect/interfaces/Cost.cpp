//===- Cost.cpp - Bytes that operands take --------------------------------===//
#include "dialect/interfaces/Interfaces.h"

using namespace mlir;

namespace cria::detail {

int64_t bytesOf(Value value) {
  auto type = dyn_cast<ShapedType>(value.getType());
  if (!type || !type.hasStaticShape())
    return 0;
  return type.getNumElements() * type.getElementTypeBitWidth() / 8;
}

Cost operandBytes(Operation *op) {
  auto dst = cast<DestinationStyleOpInterface>(op);
  Cost cost;
  for (Value input : dst.getDpsInputs())
    cost.bytesRead += bytesOf(input);
  for (Value init : dst.getDpsInits())
    cost.bytesWritten += bytesOf(init);
  return cost;
}

} // namespace cria::detail
