//===- Placement.cpp - Buffers at offsets of one block of memory ----------===//
#include "passes/buffers/Placement.h"
#include "mlir/Interfaces/ValueBoundsOpInterface.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace cria {
namespace {

constexpr int64_t alignment = 64;
/// Upper bound of a block; sums of a few such sizes do not overflow.
constexpr int64_t most = int64_t(1) << 48;

/// Bytes of a buffer, and why it has no place otherwise.
FailureOr<int64_t> sizeOf(Value buffer, StringRef &why) {
  auto type = cast<MemRefType>(buffer.getType());
  if (!type.getElementType().isIntOrFloat() || !type.getLayout().isIdentity()) {
    why = "is not a plain array of numbers";
    return failure();
  }
  int64_t bytes = llvm::divideCeil(type.getElementTypeBitWidth(), 8);
  for (unsigned i = 0; i < type.getRank(); ++i) {
    int64_t size = type.getDimSize(i);
    if (ShapedType::isDynamic(size)) {
      auto bound = ValueBoundsConstraintSet::computeConstantBound(
          presburger::BoundType::UB, {buffer, int64_t(i)}, nullptr, /*closedUB=*/true);
      why = "has an unbounded dynamic size";
      if (failed(bound))
        return failure();
      size = *bound;
    }
    why = "is too large";
    if (llvm::MulOverflow(bytes, size, bytes) || bytes > most)
      return failure();
  }
  return bytes;
}

} // namespace

std::optional<int64_t> Placement::bytesOf(Operation *alloc) {
  StringRef why;
  FailureOr<int64_t> size = sizeOf(alloc->getResult(0), why);
  return succeeded(size) ? std::optional(int64_t(llvm::alignTo(*size, alignment))) : std::nullopt;
}

LogicalResult Placement::add(Operation *alloc, StringRef where) {
  StringRef why;
  FailureOr<int64_t> size = sizeOf(alloc->getResult(0), why);
  if (succeeded(size)) {
    places.push_back({alloc, end});
    end += int64_t(llvm::alignTo(*size, alignment));
    why = "is too large";
  }
  if (succeeded(size) && end <= most)
    return success();
  return alloc->emitOpError() << why << ", so it cannot be placed in the " << where;
}

void Placement::replace(Value memory) {
  for (auto [alloc, begin] : places) {
    OpBuilder b(alloc);
    Value at = arith::ConstantIndexOp::create(b, alloc->getLoc(), begin);
    Value view =
        memref::ViewOp::create(b, alloc->getLoc(), cast<MemRefType>(alloc->getResult(0).getType()),
                               memory, at, alloc->getOperands());
    alloc->getResult(0).replaceAllUsesWith(view);
    alloc->erase();
  }
  places.clear();
}

} // namespace cria
