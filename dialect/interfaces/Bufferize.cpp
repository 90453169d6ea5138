//===- Bufferize.cpp - One-shot bufferization of all computing ops --------===//
#include "dialect/Cria.h"
#include "dialect/interfaces/Interfaces.h"

using namespace mlir;

namespace cria::detail {

bool readsBuffer(Operation *op, OpOperand &operand) {
  // A cache keeps its other rows, and a residual stream is added to. All other destinations are
  // fully overwritten.
  if (cast<DestinationStyleOpInterface>(op).isDpsInit(&operand))
    return isa<KvAppendOp, ResidualOp>(op);
  return true;
}

bufferization::AliasingValueList getAliasingValues(Operation *op, OpOperand &operand) {
  auto dst = cast<DestinationStyleOpInterface>(op);
  if (!dst.isDpsInit(&operand))
    return {};
  return {{dst.getTiedOpResult(&operand), bufferization::BufferRelation::Equivalent}};
}

LogicalResult bufferize(Operation *op, RewriterBase &rewriter,
                        const bufferization::BufferizationOptions &options,
                        bufferization::BufferizationState &state) {
  auto dst = cast<DestinationStyleOpInterface>(op);
  if (dst.hasPureBufferSemantics())
    return success();
  if (!dst.hasPureTensorSemantics())
    return op->emitOpError("mixes tensors and buffers, so it cannot be bufferized");
  SmallVector<Value> operands, inits;
  for (OpOperand &operand : op->getOpOperands()) {
    Value value = operand.get();
    if (isa<TensorType>(value.getType())) {
      FailureOr<Value> buffer = bufferization::getBuffer(rewriter, value, options, state);
      if (failed(buffer))
        return failure();
      value = *buffer;
    }
    operands.push_back(value);
    if (dst.isDpsInit(&operand))
      inits.push_back(value);
  }
  rewriter.setInsertionPoint(op);
  OperationState onBuffers(op->getLoc(), op->getName(), operands, TypeRange(), op->getAttrs());
  rewriter.create(onBuffers);
  bufferization::replaceOpWithBufferizedValues(rewriter, op, inits);
  return success();
}

} // namespace cria::detail
