//===- Product.cpp - What products look like ------------------------------===//
#include "passes/cpu/products/Product.h"
#include "dialect/base/Schedule.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "passes/schedule/Policies.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace cria {
namespace {

/// The block argument that `value` is or widens.
BlockArgument origin(Value value) {
  if (Operation *widening = value.getDefiningOp();
      isa_and_present<arith::ExtFOp, WidenOp>(widening))
    value = widening->getOperand(0);
  return dyn_cast<BlockArgument>(value);
}

/// Whether the body is out + lhs · rhs, and nothing else.
bool multipliesAndAdds(linalg::GenericOp op) {
  mlir::Block &body = *op.getBody();
  auto sum = body.getTerminator()->getOperand(0).getDefiningOp<arith::AddFOp>();
  if (!sum)
    return false;
  Value out = body.getArgument(2);
  Value term = sum.getLhs() == out ? sum.getRhs() : sum.getRhs() == out ? sum.getLhs() : Value();
  auto product = term ? term.getDefiningOp<arith::MulFOp>() : arith::MulFOp();
  if (!product || !out.getType().isF32())
    return false;
  BlockArgument left = origin(product.getLhs()), right = origin(product.getRhs());
  return left && right && left.getOwner() == &body && right.getOwner() == &body &&
         left.getArgNumber() + right.getArgNumber() == 1;
}

/// The loop of each dimension; none if some dimension does not follow one.
std::optional<SmallVector<unsigned>> loopsOf(AffineMap map) {
  if (!map.isProjectedPermutation())
    return std::nullopt;
  SmallVector<unsigned> loops;
  for (AffineExpr expr : map.getResults())
    loops.push_back(cast<AffineDimExpr>(expr).getPosition());
  return loops;
}

/// Sums in registers of `unit`: those that the schedule gives, if it is for such registers.
ProductBlock blockOf(ScheduleAttr schedule, const TargetInfo &target, const Unit &unit) {
  ProductBlock block = chooseBlock(target, unit);
  ArrayRef<int64_t> given = schedule.getBlock();
  bool ofTiles = schedule.getUnit() == UnitKind::amx_bf16;
  if (!given.empty() && ofTiles == (unit.asTiles() != nullptr)) {
    block.rows = given[0];
    block.outputs = given[1];
  }
  return block;
}

} // namespace

std::optional<Product> Product::of(linalg::GenericOp op) {
  if (!op.hasPureBufferSemantics() || op.getNumDpsInputs() != 2 || op.getNumDpsInits() != 1 ||
      op.getNumReductionLoops() != 1 || !multipliesAndAdds(op))
    return std::nullopt;
  Product product{op, op.getDpsInputs()[0], op.getDpsInputs()[1], op.getDpsInits()[0]};
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  auto lhs = loopsOf(maps[0]), rhs = loopsOf(maps[1]), out = loopsOf(maps[2]);
  if (!lhs || !rhs || !out || lhs->size() < 2 || lhs->size() != out->size() || rhs->size() != 2 ||
      op.getNumLoops() != out->size() + 1)
    return std::nullopt;
  unsigned depth = lhs->pop_back_val(), output = out->pop_back_val();
  product.columns = (*rhs)[0] == depth;
  SmallVector<unsigned> expected{output, depth};
  if (product.columns)
    std::swap(expected[0], expected[1]);
  bool contiguous = llvm::all_of(op->getOperandTypes(), [](Type type) {
    return cast<MemRefType>(type).isLastDimUnitStride();
  });
  if (*lhs != *out || *rhs != expected || !contiguous ||
      !(getElementTypeOrSelf(product.lhs.getType()).isF32() || product.rounded()) ||
      !fmaUnit.matches({}, product.element()))
    return std::nullopt;
  return product;
}

Plan Plan::of(const Product &product) {
  TargetInfo target = TargetInfo::of(product.op);
  ScheduleAttr schedule = scheduleOf(product.op);
  bool scheduled = schedule != ScheduleAttr::get(schedule.getContext());
  Plan plan;
  plan.lanes = target.lanes();
  if (product.ofBlocks())
    plan.lanes = std::min(plan.lanes, BlockReader::group);
  const Unit &unit = unitFor(target, product.element(),
                             scheduled ? stringifyUnitKind(schedule.getUnit()) : StringRef());
  if (product.rounded())
    plan.integers = unit.asInteger();
  // In columns, neighbours along the reduction are not neighbours in memory.
  plan.tiles = product.columns ? nullptr : unit.asTiles();
  if (unit.asInteger() || product.columns)
    plan.unit = &fmaUnit;
  else
    plan.unit = plan.tiles ? &plan.tiles->ofVectors(target, product.element())
                           : static_cast<const FloatUnit *>(&unit);
  ProductBlock block = blockOf(schedule, target, *plan.unit);
  if (plan.tiles) {
    ProductBlock ofTiles = blockOf(schedule, target, *plan.tiles);
    plan.tileRows = ofTiles.rows / TileUnit::side;
    plan.tileColumns = ofTiles.outputs / TileUnit::side;
    block.depth = ofTiles.depth;
  }
  plan.rows = block.rows;
  plan.columns = std::max<int64_t>(1, block.outputs / plan.lanes);
  plan.lhsStep = product.rounded() ? BlockReader::group : plan.step();
  plan.rhsStep = product.ofBlocks() ? BlockReader::group : plan.step();
  plan.depth = schedule.getDepth() ? int64_t(llvm::alignTo(schedule.getDepth(), plan.rhsStep))
                                   : block.depth * plan.unit->depth();
  plan.panelBytes = target.l2Bytes / 2;
  plan.widenedBytes = target.l1Bytes / 2;
  plan.streams = scheduled ? schedule.getStreams() : target.readStreams;
  plan.prefetch = schedule.getPrefetch();
  return plan;
}

} // namespace cria
