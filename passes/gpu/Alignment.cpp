//===- Alignment.cpp - What is known of addresses -------------------------===//
#include "passes/gpu/Alignment.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include <numeric>

using namespace mlir;

namespace cria {
namespace {

constexpr int64_t most = 64;

int64_t elementBytes(Value buffer) {
  return cast<MemRefType>(buffer.getType()).getElementTypeBitWidth() / 8;
}

int64_t divisorOf(OpFoldResult number) {
  if (std::optional<int64_t> known = getConstantIntValue(number))
    return *known;
  auto value = cast<Value>(number);
  if (auto apply = value.getDefiningOp<affine::AffineApplyOp>())
    return apply.getAffineMap().getResult(0).getLargestKnownDivisor();
  auto argument = dyn_cast<BlockArgument>(value);
  auto loop = argument ? dyn_cast<scf::ForOp>(argument.getOwner()->getParentOp()) : scf::ForOp();
  if (loop && value == loop.getInductionVar())
    return std::gcd(divisorOf(loop.getLowerBound()), divisorOf(loop.getStep()));
  return 1;
}

SmallVector<int64_t> stridesOf(Value buffer) {
  auto [strides, offset] = cast<MemRefType>(buffer.getType()).getStridesAndOffset();
  for (int64_t &stride : strides)
    stride = ShapedType::isDynamic(stride) ? 1 : stride;
  return strides;
}

/// What divides the address of the first element; 0 is divided by all numbers.
int64_t startAlignment(Value buffer) {
  Operation *op = buffer.getDefiningOp();
  auto view = dyn_cast_or_null<ViewLikeOpInterface>(op);
  if (!view)
    return most;
  int64_t alignment = startAlignment(view.getViewSource());
  if (auto bytes = dyn_cast<memref::ViewOp>(op))
    return std::gcd(alignment, divisorOf(bytes.getByteShift()));
  if (auto slice = dyn_cast<memref::SubViewOp>(op)) {
    SmallVector<int64_t> strides = stridesOf(slice.getSource());
    for (auto [offset, stride] : llvm::zip_equal(slice.getMixedOffsets(), strides))
      alignment = std::gcd(alignment, divisorOf(offset) * stride * elementBytes(slice.getSource()));
    return alignment;
  }
  if (isa<memref::ExpandShapeOp, memref::CollapseShapeOp, memref::CastOp,
          memref::MemorySpaceCastOp>(op))
    return alignment;
  return elementBytes(buffer);
}

} // namespace

int64_t rowAlignment(Value buffer) {
  int64_t alignment = startAlignment(buffer);
  SmallVector<int64_t> strides = stridesOf(buffer);
  if (!strides.empty())
    strides.pop_back();
  for (int64_t stride : strides)
    alignment = std::gcd(alignment, stride * elementBytes(buffer));
  return alignment & -alignment;
}

int64_t wholeAlignment(Value buffer, int64_t width) {
  constexpr int64_t loadBytes = 16;
  return std::min(loadBytes, width * elementBytes(buffer));
}

llvm::MaybeAlign accessAlignment(Value buffer, int64_t width) {
  return llvm::MaybeAlign(std::min(wholeAlignment(buffer, width), rowAlignment(buffer)));
}

} // namespace cria
