//===- Block.cpp - Weights in blocks --------------------------------------===//
#include "dialect/Cria.h"

using namespace mlir;
using namespace cria;

LogicalResult BytesOp::inferReturnTypes(MLIRContext *, std::optional<Location>, ValueRange operands,
                                        DictionaryAttr, OpaqueProperties, RegionRange,
                                        SmallVectorImpl<Type> &types) {
  types.push_back(bytesType(cast<MemRefType>(operands[0].getType())));
  return success();
}
