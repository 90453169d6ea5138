//===- StepCost.cpp - Cost of one call of an entry point ------------------===//
#include "report/StepCost.h"
#include "mlir/Interfaces/ValueBoundsOpInterface.h"

using namespace mlir;

namespace cria::report {
Value memoryBefore(Value value) {
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    auto loop = dyn_cast<scf::ForOp>(argument.getOwner()->getParentOp());
    OpOperand *init = loop ? loop.getTiedLoopInit(argument) : nullptr;
    return init ? init->get() : Value();
  }
  Operation *op = value.getDefiningOp();
  if (auto loop = dyn_cast<scf::ForOp>(op))
    return loop.getInitArgs()[cast<OpResult>(value).getResultNumber()];
  if (auto choice = dyn_cast<scf::IndexSwitchOp>(op)) // all regions yield the same memory
    return choice.getDefaultBlock().getTerminator()->getOperand(
        cast<OpResult>(value).getResultNumber());
  if (auto kernel = dyn_cast<KernelOp>(op))
    return kernel.getYield().getValues()[cast<OpResult>(value).getResultNumber()];
  if (auto insert = dyn_cast<tensor::InsertSliceOp>(op))
    return insert.getDest();
  if (isa<tensor::ExtractSliceOp, tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::CastOp>(
          op))
    return op->getOperand(0);
  if (auto append = dyn_cast<KvAppendOp>(op)) // writes new rows into the existing cache
    return append.getDpsInits().front();
  return {};
}

namespace {

/// Whether the origin of `value` is an op, and so neither an argument such as a cache nor a weight.
bool isMadeHere(Value value) {
  while (Value before = memoryBefore(value))
    value = before;
  return value.getDefiningOp() && !isa<WeightOp>(value.getDefiningOp());
}

bool isReturned(KernelOp kernel, Value yielded) {
  for (auto [result, value] : llvm::zip_equal(kernel.getResults(), kernel.getYield().getValues()))
    if (value == yielded && llvm::any_of(result.getUsers(), llvm::IsaPred<func::ReturnOp>))
      return true;
  return false;
}

} // namespace

/// How often `choice` takes `region` in a run of the loop around it, if a table of constants says
/// what each iteration takes.
static std::optional<int64_t> timesTaken(scf::IndexSwitchOp choice, Region *region) {
  auto lookUp = choice.getArg().getDefiningOp<tensor::ExtractOp>();
  DenseIntElementsAttr table;
  if (!lookUp || !matchPattern(lookUp.getTensor(), m_Constant(&table)))
    return std::nullopt;
  auto regionOf = [&](int64_t number) {
    auto found = llvm::find(choice.getCases(), number);
    return found == choice.getCases().end()
               ? &choice.getDefaultRegion()
               : &choice.getCaseRegions()[size_t(found - choice.getCases().begin())];
  };
  return llvm::count_if(table.getValues<llvm::APInt>(), [&](const llvm::APInt &number) {
    return regionOf(number.getSExtValue()) == region;
  });
}

int64_t timesRun(Operation *op) {
  int64_t times = 1;
  while (Operation *parent = op->getParentOp()) {
    if (auto choice = dyn_cast<scf::IndexSwitchOp>(parent)) {
      if (auto taken = timesTaken(choice, op->getParentRegion())) {
        times *= *taken;
        parent = choice->getParentOfType<scf::ForOp>();
      }
    } else if (auto loop = dyn_cast<scf::ForOp>(parent)) {
      times *= loop.getStaticTripCount().value_or(llvm::APInt(64, 1)).getSExtValue();
    }
    op = parent;
  }
  return times;
}

Cost stepCost(func::FuncOp entry, Step step) {
  Cost cost;
  entry.walk<WalkOrder::PreOrder>([&](CostOpInterface op) {
    cost += op.getCost(step) * timesRun(op);
    return WalkResult::skip(); // a kernel's cost includes the ops inside
  });
  return cost;
}

int64_t mostTokens(func::FuncOp entry) {
  int64_t most = 1;
  entry.walk([&](TileMapOpInterface op) {
    // All dynamic dimensions are the same number, except those of tiles.
    if (op->getParentOfType<scf::ForallOp>())
      return WalkResult::advance();
    for (Value operand : op->getOperands())
      if (auto type = dyn_cast<RankedTensorType>(operand.getType()))
        for (int64_t i = 0; i < type.getRank(); ++i) {
          if (!type.isDynamicDim(i))
            continue;
          auto bound = ValueBoundsConstraintSet::computeConstantBound(
              presburger::BoundType::UB, {operand, i}, nullptr, /*closedUB=*/true);
          if (succeeded(bound)) {
            most = *bound;
            return WalkResult::interrupt();
          }
        }
    return WalkResult::advance();
  });
  return most;
}

int64_t kernelCount(func::FuncOp entry) {
  int64_t count = 0;
  entry.walk([&](KernelOp kernel) { count += timesRun(kernel); });
  return count;
}

int64_t intermediateBytes(func::FuncOp entry, Step step) {
  int64_t bytes = 0;
  entry.walk([&](KernelOp kernel) {
    int64_t once = 0;
    for (const KernelOp::Crossing &crossing : kernel.getCrossings(step))
      if (isMadeHere(crossing.value) && !isReturned(kernel, crossing.value))
        once += crossing.bytesRead + crossing.bytesWritten;
    bytes += once * timesRun(kernel);
  });
  return bytes;
}

} // namespace cria::report
