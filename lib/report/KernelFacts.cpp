//===- KernelFacts.cpp - What kernels read, write and compute -------------===//
#include "report/KernelFacts.h"
#include "report/StepCost.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;

namespace cria::report {
namespace {

std::string nameOf(KernelOp kernel) {
  return (kernel->getParentOfType<func::FuncOp>().getName() + "." + kernel.getName()).str();
}

std::string opName(Operation *op) { return op->getName().stripDialect().str(); }

/// The values of the end of `loop`, by number.
Value yieldedBy(scf::ForOp loop, unsigned number) { return loop.getYieldedValues()[number]; }

/// Where a value comes from.
class Origin {
public:
  explicit Origin(Value value) {
    while (Value before = step(value))
      value = before;
    origin = value;
  }

  Flow flow() const {
    Operation *op = origin.getDefiningOp();
    if (!op)
      return ofArgument(cast<BlockArgument>(origin));
    if (auto weight = dyn_cast<WeightOp>(op)) {
      auto param = SymbolTable::lookupNearestSymbolFrom<ParamOp>(weight, weight.getParamAttr());
      return {"weights", param.getCheckpointName().str(), "", {}};
    }
    auto maker = op->getParentOfType<KernelOp>();
    return {maker ? nameOf(maker) : "workspace", opName(op), nextMaker(), {}};
  }

private:
  /// As memoryBefore, but what leaves a loop is what the loop made last.
  Value step(Value value) {
    auto argument = dyn_cast<BlockArgument>(value);
    Operation *op = argument ? argument.getOwner()->getParentOp() : value.getDefiningOp();
    if (auto loop = dyn_cast<scf::ForOp>(op)) {
      if (!argument)
        return yieldedBy(loop, cast<OpResult>(value).getResultNumber());
      if (!carried && argument != loop.getInductionVar())
        carried = yieldedBy(loop, argument.getArgNumber() - 1);
    }
    if (auto kernel = dyn_cast<KernelOp>(op); kernel && !last)
      last = kernel;
    return memoryBefore(value);
  }

  Flow ofArgument(BlockArgument argument) const {
    auto type = dyn_cast<RankedTensorType>(argument.getType());
    if (!type || type.getRank() < 4)
      return {"input", type && type.getElementType().isInteger() ? "tokens" : "hidden", "", {}};
    // Both caches are alike; keys come first.
    BlockArgument before = argument.getOwner()->getArgument(argument.getArgNumber() - 1);
    return {"cache", before.getType() == type ? "values" : "keys", last ? nameOf(last) : "", {}};
  }

  std::string nextMaker() const {
    if (!carried)
      return "";
    Operation *op = Origin(carried).origin.getDefiningOp();
    auto maker = op ? op->getParentOfType<KernelOp>() : KernelOp();
    return maker ? nameOf(maker) : "";
  }

  Value origin, carried;
  KernelOp last; ///< the kernel nearest to the value
};

/// Whether an entry point returns what `kernel` yields as `value`.
bool isReturned(KernelOp kernel, Value value) {
  for (auto [result, yielded] : llvm::zip_equal(kernel.getResults(), kernel.getYield().getValues()))
    if (yielded == value && llvm::any_of(result.getUsers(), llvm::IsaPred<func::ReturnOp>))
      return true;
  return false;
}

Flow writeOf(KernelOp kernel, Value value) {
  Flow flow = Origin(value).flow();
  if (flow.memory != "cache")
    flow = {isReturned(kernel, value) ? "output" : "workspace",
            value.getDefiningOp() ? opName(value.getDefiningOp()) : "",
            "",
            {}};
  flow.after.clear();
  return flow;
}

/// Reads and writes of `kernel`, with the terms of their bytes.
void addFlows(KernelOp kernel, KernelFacts &facts) {
  llvm::MapVector<Value, std::pair<Flow, bool>> flows;
  for (const KernelOp::Crossing &crossing : kernel.getCrossings({1, 2})) {
    bool isRead = crossing.bytesRead;
    flows[crossing.value] = {
        isRead ? Origin(crossing.value).flow() : writeOf(kernel, crossing.value), isRead};
  }
  for (auto &[value, entry] : flows) {
    auto &[flow, isRead] = entry;
    flow.bytes = amountOf([&, read = isRead, value = value](Step step) {
      int64_t bytes = 0;
      for (const KernelOp::Crossing &crossing : kernel.getCrossings(step))
        if (crossing.value == value)
          bytes += read ? crossing.bytesRead : crossing.bytesWritten;
      return bytes;
    });
    (isRead ? facts.reads : facts.writes).push_back(flow);
  }
}

KernelFacts factsOf(KernelOp kernel, func::FuncOp entry, int64_t tokens) {
  KernelFacts facts{nameOf(kernel), entry.getName().str(), kernel.getName().str(), timesRun(kernel),
                    tokens};
  llvm::MapVector<StringRef, int64_t> ops;
  kernel.walk([&](CostOpInterface op) {
    if (op != kernel)
      ++ops[op->getName().stripDialect()];
  });
  for (auto [name, count] : ops)
    facts.ops.push_back({name.str(), count});
  if (Attribute schedule = kernel.getScheduleAttr())
    llvm::raw_string_ostream(facts.schedule) << schedule;
  facts.bytes = amountOf([&](Step step) { return kernel.getCost(step).bytes(); });
  facts.flops = amountOf([&](Step step) { return kernel.getCost(step).flops; });
  addFlows(kernel, facts);
  return facts;
}

} // namespace

std::vector<KernelFacts> kernelsOf(ModuleOp module) {
  std::vector<KernelFacts> all;
  for (auto entry : module.getOps<func::FuncOp>()) {
    int64_t tokens = mostTokens(entry);
    entry.walk([&](KernelOp kernel) { all.push_back(factsOf(kernel, entry, tokens)); });
  }
  return all;
}

} // namespace cria::report
