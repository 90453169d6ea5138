//===- LowerBlocks.cpp - Buffers of blocks as bytes -----------------------===//
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_LOWERBLOCKSPASS
#include "passes/Passes.h.inc"

namespace {

bool isOfBlocks(Type type) {
  auto buffer = dyn_cast<MemRefType>(type);
  return buffer && isBlock(buffer.getElementType());
}

Type converted(Type type) { return isOfBlocks(type) ? bytesType(cast<MemRefType>(type)) : type; }

/// Ops that are lowered later see their blocks as casts of the bytes.
void castBytes(Operation *op) {
  if (!isa<linalg::LinalgOp, QuantizeOp>(op))
    return;
  ImplicitLocOpBuilder b(op->getLoc(), op);
  for (OpOperand &operand : op->getOpOperands()) {
    if (!isOfBlocks(operand.get().getType()))
      continue;
    Value bytes = BytesOp::create(b, operand.get());
    operand.set(UnrealizedConversionCastOp::create(b, operand.get().getType(), bytes).getResult(0));
  }
}

/// A slice of blocks as one of bytes: rows are whole, and so are those that are stored together.
LogicalResult sliceBytes(memref::SubViewOp op) {
  auto source = cast<MemRefType>(op.getSource().getType()); // of bytes by now
  SmallVector<OpFoldResult> offsets = op.getMixedOffsets(), sizes = op.getMixedSizes();
  Type element = op.getType().getElementType();
  int64_t together = rowsTogether(element),
          whole = storageOf(element)->bytesOf(op.getStaticSizes().back()) * together;
  std::optional<int64_t> rows = getConstantIntValue(sizes.front());
  if (!isConstantIntValue(offsets.back(), 0) || whole != source.getShape().back() ||
      (rows && *rows % together != 0))
    return op.emitOpError("is not a slice of whole rows of blocks");
  ImplicitLocOpBuilder b(op.getLoc(), op);
  sizes.back() = b.getIndexAttr(whole);
  if (together > 1)
    for (OpFoldResult *rowCount : {&offsets.front(), &sizes.front()})
      *rowCount = affine::makeComposedFoldedAffineApply(
          b, b.getLoc(), b.getAffineDimExpr(0).floorDiv(together), {*rowCount});
  auto bytes = memref::SubViewOp::create(b, bytesType(op.getType()), op.getSource(), offsets, sizes,
                                         op.getMixedStrides());
  op.replaceAllUsesWith(bytes.getResult());
  op.erase();
  return success();
}

LogicalResult convert(Operation *op) {
  if (auto bytes = dyn_cast<BytesOp>(op)) {
    bytes.replaceAllUsesWith(bytes.getBlocks());
    bytes.erase();
    return success();
  }
  if (auto slice = dyn_cast<memref::SubViewOp>(op); slice && isOfBlocks(slice.getType()))
    return sliceBytes(slice);
  if (isa<UnrealizedConversionCastOp>(op))
    return success();
  for (OpResult result : op->getResults()) {
    if (!isOfBlocks(result.getType()))
      continue;
    if (!isa<WeightOp, memref::CastOp, memref::AllocOp>(op))
      return op->emitOpError("makes a buffer of blocks, which only memory and slices of it are");
    result.setType(converted(result.getType()));
  }
  return success();
}

void convertSignature(func::FuncOp func) {
  FunctionType type = func.getFunctionType();
  SmallVector<Type> inputs = llvm::map_to_vector(type.getInputs(), converted);
  func.setType(FunctionType::get(func.getContext(), inputs, type.getResults()));
  if (!func.isDeclaration())
    for (auto [argument, input] : llvm::zip_equal(func.getArguments(), inputs))
      argument.setType(input);
}

struct LowerBlocks : impl::LowerBlocksPassBase<LowerBlocks> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    module.walk(castBytes);
    for (auto func : module.getOps<func::FuncOp>())
      convertSignature(func);
    // In this order, what makes an operand is converted before what uses it.
    SmallVector<Operation *> ops;
    module.walk<WalkOrder::PreOrder>([&](Operation *op) { ops.push_back(op); });
    if (!llvm::all_of(ops, [](Operation *op) { return succeeded(convert(op)); }))
      signalPassFailure();
  }
};

} // namespace
} // namespace cria
