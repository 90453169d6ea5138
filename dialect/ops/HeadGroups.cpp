//===- HeadGroups.cpp - Query heads that share a kv head ------------------===//
#include "dialect/ops/HeadGroups.h"
#include "dialect/ops/Verify.h"

using namespace mlir;

namespace cria {

std::optional<int64_t> groupSize(Value queries, Value cache) {
  int64_t heads = cast<ShapedType>(queries.getType()).getDimSize(1);
  int64_t kvHeads = cast<ShapedType>(cache.getType()).getDimSize(0);
  if (ShapedType::isDynamic(heads) || ShapedType::isDynamic(kvHeads) || kvHeads == 0)
    return std::nullopt;
  return heads / kvHeads;
}

LogicalResult expectGroups(Operation *op, StringRef constraint, Value queries, Value cache) {
  int64_t heads = cast<ShapedType>(queries.getType()).getDimSize(1);
  int64_t kvHeads = cast<ShapedType>(cache.getType()).getDimSize(0);
  if (ShapedType::isDynamic(heads) || ShapedType::isDynamic(kvHeads))
    return success();
  if (kvHeads == 0 || heads % kvHeads)
    return op->emitOpError() << constraint << ": " << heads << " query heads cannot share "
                             << kvHeads << " kv heads";
  return success();
}

LogicalResult expectStats(Operation *op, StringRef constraint, Value stats, StringRef name,
                          Value of) {
  for (unsigned i = 0; i < 2; ++i)
    if (failed(expectSameDim(op, constraint, {"stats", stats, i}, {name, of, i})))
      return failure();
  if (int64_t size = NamedDim{"stats", stats, 2}.size(); size != 2)
    return op->emitOpError() << constraint << ": dim(stats, 2) is " << size << " but must be 2";
  return success();
}

Value HeadGroup::rows(TensorBuilder &b, Value cache, OpFoldResult first, OpFoldResult count) const {
  return b.extract(
      cache, {{kvHead, first, b.getIndexAttr(0)}, {b.getIndexAttr(1), count, b.size(cache, 2)}},
      /*drop=*/0);
}

TensorBuilder::Part HeadGroup::part(TensorBuilder &b, Value perHead) const {
  return {{b.getIndexAttr(0), firstHead, b.getIndexAttr(0)},
          {b.size(perHead, 0), b.getIndexAttr(size), b.size(perHead, 2)}};
}

Value HeadGroup::heads(TensorBuilder &b, Value perHead) const {
  return b.extract(perHead, part(b, perHead));
}

FailureOr<SmallVector<Value>>
overGroups(TensorBuilder &b, Operation *op, Value queries, Value cache, ValueRange outs,
           function_ref<SmallVector<Value>(const HeadGroup &, ValueRange)> body) {
  std::optional<int64_t> size = groupSize(queries, cache);
  if (!size)
    return op->emitOpError("has a dynamic number of heads, so its groups are unknown");
  return b.loopOver(cache, 0, outs, [&](Value kvHead, ValueRange carried) {
    HeadGroup group{kvHead, b.apply(b.getAffineSymbolExpr(0) * *size, {kvHead}), *size};
    SmallVector<Value> parts, next;
    for (Value whole : carried)
      parts.push_back(group.heads(b, whole));
    for (auto [part, whole] : llvm::zip_equal(body(group, parts), carried))
      next.push_back(b.insert(part, whole, group.part(b, whole)));
    return next;
  });
}

} // namespace cria
