//===- Destination.cpp - Destination passing for all computing ops --------===//
#include "dialect/interfaces/Interfaces.h"

using namespace mlir;

namespace cria::detail {

MutableOperandRange getInits(Operation *op, unsigned count) {
  return MutableOperandRange(op, op->getNumOperands() - count, count);
}

LogicalResult inferFromInits(ValueRange inits, SmallVectorImpl<Type> &types) {
  for (Value init : inits)
    if (isa<RankedTensorType>(init.getType()))
      types.push_back(init.getType());
  return success();
}

void getEffects(Operation *op,
                SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>> &effects) {
  auto dst = cast<DestinationStyleOpInterface>(op);
  for (OpOperand &operand : op->getOpOperands()) {
    if (!isa<MemRefType>(operand.get().getType()))
      continue;
    effects.emplace_back(MemoryEffects::Read::get(), &operand, SideEffects::DefaultResource::get());
    if (dst.isDpsInit(&operand))
      effects.emplace_back(MemoryEffects::Write::get(), &operand,
                           SideEffects::DefaultResource::get());
  }
}

Speculation::Speculatability getSpeculatability(Operation *op) {
  bool onTensors = cast<DestinationStyleOpInterface>(op).hasPureTensorSemantics();
  return onTensors ? Speculation::Speculatable : Speculation::NotSpeculatable;
}

} // namespace cria::detail
