//===- KernelBuffers.cpp - Bufferization of kernels -----------------------===//
#include "dialect/Cria.h"

using namespace mlir;
using namespace mlir::bufferization;
using namespace cria;

// A kernel has no operands: its ops use tensors from outside directly. Its results are the buffers
// of the values that it yields, as with scf.execute_region.

AliasingOpOperandList KernelOp::getAliasingOpOperands(Value value, const AnalysisState &) {
  unsigned number = cast<OpResult>(value).getResultNumber();
  return {{&getYield()->getOpOperand(number), BufferRelation::Equivalent}};
}

LogicalResult KernelOp::bufferize(RewriterBase &rewriter, const BufferizationOptions &,
                                  BufferizationState &) {
  // Ops inside are bufferized before.
  auto onBuffers = KernelOp::create(rewriter, getLoc(), getYield().getOperandTypes(), getNameAttr(),
                                    getScheduleAttr());
  onBuffers->setDiscardableAttrs((*this)->getDiscardableAttrDictionary());
  onBuffers.getBody().takeBody(getBody());
  replaceOpWithBufferizedValues(rewriter, *this, onBuffers.getResults());
  return success();
}

bool YieldOp::bufferizesToMemoryRead(OpOperand &, const AnalysisState &) { return true; }

bool YieldOp::bufferizesToMemoryWrite(OpOperand &, const AnalysisState &) { return false; }

AliasingValueList YieldOp::getAliasingValues(OpOperand &operand, const AnalysisState &) {
  Value result = (*this)->getParentOp()->getResult(operand.getOperandNumber());
  return {{result, BufferRelation::Equivalent}};
}

// Else a copy would be made inside of the kernel, and its memory would leave it.
bool YieldOp::mustBufferizeInPlace(OpOperand &, const AnalysisState &) { return true; }

LogicalResult YieldOp::bufferize(RewriterBase &rewriter, const BufferizationOptions &options,
                                 BufferizationState &state) {
  SmallVector<Value> buffers;
  for (Value value : getValues()) {
    FailureOr<Value> buffer = value;
    if (isa<TensorType>(value.getType()))
      buffer = getBuffer(rewriter, value, options, state);
    if (failed(buffer))
      return failure();
    buffers.push_back(*buffer);
  }
  replaceOpWithNewBufferizedOp<YieldOp>(rewriter, *this, buffers);
  return success();
}
