//===- Block.cpp - Weights in blocks --------------------------------------===//
#include "dialect/ops/Verify.h"

using namespace mlir;
using namespace cria;

LogicalResult BytesOp::inferReturnTypes(MLIRContext *, std::optional<Location>, ValueRange operands,
                                        DictionaryAttr, OpaqueProperties, RegionRange,
                                        SmallVectorImpl<Type> &types) {
  types.push_back(bytesType(cast<MemRefType>(operands[0].getType())));
  return success();
}

LogicalResult QuantizeOp::verify() {
  if (failed(expectSameDim(*this, "quantize_c1", {"out", getOut(), 0}, {"x", getX(), 0})) ||
      failed(expectSameDim(*this, "quantize_c1", {"out", getOut(), 1}, {"x", getX(), 1})))
    return failure();
  Type element = getElementTypeOrSelf(getOut());
  if (!isRounded(element) && !isCacheBlock(element))
    return emitOpError() << "quantize_c2: out must be of q8 or q8_0, found " << element;
  int64_t width = cast<ShapedType>(getX().getType()).getDimSize(1);
  if (ShapedType::isDynamic(width) || width % storageOf(element)->elements)
    return emitOpError() << "quantize_c3: dim(x, 1) must be a multiple of "
                         << storageOf(element)->elements << ", found " << width;
  return success();
}

TileMap QuantizeOp::getTileMap() { return {{{0, 0}}, {{{0}, {}}, {{0}, {}}}}; }

Cost QuantizeOp::getCost(Step step) {
  constexpr int64_t perElement = 4; // a maximum, a multiplication, a rounding and a sum
  Cost cost = detail::operandBytes(*this, step);
  cost.flops = perElement * detail::elementsOf(getX(), step);
  return cost;
}

FailureOr<SmallVector<Value>> QuantizeOp::decomposeOperation(OpBuilder &) {
  return emitOpError("stays until its target's phase: elements of a block have no op of their own");
}
