//===- StepCost.cpp - What one call of an entry point costs ---------------===//
#include "report/StepCost.h"

using namespace mlir;

namespace cria::report {
namespace {

int64_t timesRun(Operation *op) {
  int64_t times = 1;
  for (auto loop = op->getParentOfType<scf::ForOp>(); loop;
       loop = loop->getParentOfType<scf::ForOp>())
    times *= loop.getStaticTripCount().value_or(llvm::APInt(64, 1)).getSExtValue();
  return times;
}

} // namespace

Cost stepCost(func::FuncOp entry, int64_t context) {
  Cost cost;
  entry.walk<WalkOrder::PreOrder>([&](CostOpInterface op) {
    cost += op.getCost(context) * timesRun(op);
    return WalkResult::skip(); // what is in a kernel is in its cost
  });
  return cost;
}

} // namespace cria::report
