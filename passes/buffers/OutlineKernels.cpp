//===- OutlineKernels.cpp - Kernels as functions --------------------------===//
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "mlir/Transforms/RegionUtils.h"
#include "passes/Passes.h"
#include "passes/buffers/KernelFunctions.h"
#include "passes/schedule/KernelNames.h"
#include "report/StepCost.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_OUTLINEKERNELSPASS
#include "passes/Passes.h.inc"

namespace {

/// Values from outside of a kernel, as arguments and as ops that are repeated inside.
struct Captures {
  llvm::SetVector<Value> arguments;
  llvm::SetVector<Operation *> repeated; ///< in an order that computes operands first

  void add(Value value) {
    Operation *op = value.getDefiningOp();
    if (!op || !isPure(op) || op->getNumRegions()) {
      arguments.insert(value);
    } else if (!repeated.contains(op)) {
      for (Value operand : op->getOperands())
        add(operand);
      repeated.insert(op);
    }
  }
};

/// How often a call of the entry runs it. Copies of bufferization are in no table.
Attribute callsOf(KernelOp kernel) {
  if (Attribute recorded = kernel->getAttr("cria.calls"))
    return recorded;
  return Builder(kernel.getContext()).getI64IntegerAttr(report::timesRun(kernel));
}

/// Whether `buffer` is memory that each thread has for itself.
bool isPrivate(Value buffer) {
  while (auto view = buffer.getDefiningOp<ViewLikeOpInterface>())
    buffer = view.getViewSource();
  return isa_and_present<memref::AllocOp, memref::AllocaOp>(buffer.getDefiningOp());
}

/// Fails if `op` itself writes memory that threads share.
LogicalResult checkWrites(Operation *op) {
  auto memory = dyn_cast<MemoryEffectOpInterface>(op);
  SmallVector<MemoryEffects::EffectInstance> effects;
  if (memory)
    memory.getEffectsOnResource(SideEffects::DefaultResource::get(), effects);
  for (const MemoryEffects::EffectInstance &effect : effects)
    if (isa<MemoryEffects::Write>(effect.getEffect()) && effect.getValue() &&
        !isPrivate(effect.getValue()))
      return op->emitOpError("writes memory that threads share, outside of a grid");
  return success();
}

/// Makes each copy between kernels, which bufferization may add, a kernel of its own.
void wrapCopies(func::FuncOp entry) {
  entry.walk([](memref::CopyOp copy) {
    if (copy->getParentOfType<KernelOp>())
      return;
    OpBuilder b(copy);
    auto kernel = KernelOp::create(b, copy.getLoc(), TypeRange(), "copy", ScheduleAttr());
    b.createBlock(&kernel.getBody());
    copy->moveBefore(YieldOp::create(b, copy.getLoc()));
  });
}

struct OutlineKernels : impl::OutlineKernelsPassBase<OutlineKernels> {
  /// A function of what `kernel` computes, after `before`.
  func::FuncOp makeFunction(KernelOp kernel, const Captures &captures, Operation *before,
                            SymbolTable &symbols) {
    OpBuilder b(&getContext());
    SmallVector<Type> types{workerType(b)};
    llvm::append_range(types, ValueRange(captures.arguments.getArrayRef()).getTypes());
    auto func =
        func::FuncOp::create(kernel.getLoc(), fullName(kernel), b.getFunctionType(types, {}));
    func.setPrivate();
    markKernel(func);
    if (kernel.getScheduleAttr())
      func->setAttr(scheduleAttrName, kernel.getScheduleAttr());
    symbols.insert(func, ++before->getIterator());
    Block *body = func.addEntryBlock();
    IRMapping inside;
    inside.map(captures.arguments.getArrayRef(), body->getArguments().drop_front());
    b.setInsertionPointToStart(body);
    for (Operation *op : captures.repeated)
      b.clone(*op, inside);
    kernel.getYield()->erase();
    body->getOperations().splice(body->end(), kernel.getBody().front().getOperations());
    for (Operation *op : captures.repeated)
      for (Value result : op->getResults())
        replaceAllUsesInRegionWith(result, inside.lookup(result), func.getBody());
    for (Value argument : captures.arguments)
      replaceAllUsesInRegionWith(argument, inside.lookup(argument), func.getBody());
    b.setInsertionPointToEnd(body);
    func::ReturnOp::create(b, kernel.getLoc());
    return func;
  }

  LogicalResult checkFunction(func::FuncOp func) {
    auto grids = func.getBody().getOps<scf::ForallOp>();
    if (grids.empty())
      return success(); // it is one tile
    if (std::distance(grids.begin(), grids.end()) != 1)
      return func.emitOpError("has more than one grid");
    for (Operation &op : func.getBody().front())
      if (!isa<scf::ForallOp>(op) && op.walk([](Operation *inner) {
                                         return failed(checkWrites(inner)) ? WalkResult::interrupt()
                                                                           : WalkResult::advance();
                                       }).wasInterrupted())
        return failure();
    return success();
  }

  /// Replaces the kernels of `entry` by calls.
  LogicalResult outline(func::FuncOp entry, SymbolTable &symbols, SmallVector<Attribute> &table) {
    OpBuilder b(&getContext());
    if (failed(entry.insertArgument(0, workerType(b), {}, entry.getLoc())))
      return failure();
    Value worker = entry.getArgument(0);
    wrapCopies(entry);
    SmallVector<KernelOp> kernels;
    entry.walk([&](KernelOp kernel) { kernels.push_back(kernel); });
    Operation *last = entry;
    for (KernelOp kernel : kernels) {
      if (kernel.getNumResults())
        return kernel.emitOpError("yields memory that it allocates");
      Captures captures;
      llvm::SetVector<Value> used;
      getUsedValuesDefinedAbove(kernel.getBody(), used);
      for (Value value : used)
        captures.add(value);
      b.setInsertionPoint(kernel);
      SmallVector<Value> arguments{worker};
      llvm::append_range(arguments, captures.arguments);
      func::FuncOp func = makeFunction(kernel, captures, last, symbols);
      if (failed(checkFunction(func)))
        return failure();
      func::CallOp::create(b, kernel.getLoc(), func, arguments);
      Value number = arith::ConstantIntOp::create(b, kernel.getLoc(), b.getI64Type(), table.size());
      func::CallOp::create(b, kernel.getLoc(), barrierName, TypeRange(),
                           ValueRange{worker, number});
      table.push_back(b.getDictionaryAttr(
          {b.getNamedAttr("name", func.getSymNameAttr()), b.getNamedAttr("calls", callsOf(kernel)),
           b.getNamedAttr("bytes", amountOf(kernel, "cria.bytes")),
           b.getNamedAttr("flops", amountOf(kernel, "cria.flops"))}));
      kernel.erase();
      last = func;
    }
    auto result = entry.walk([](Operation *op) {
      return failed(checkWrites(op)) ? WalkResult::interrupt() : WalkResult::advance();
    });
    return failure(result.wasInterrupted());
  }

  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    SmallVector<Attribute> table;
    for (auto entry : llvm::to_vector(getOperation().getOps<func::FuncOp>()))
      if (!entry.isDeclaration() && failed(outline(entry, symbols, table)))
        return signalPassFailure();
    getOperation()->setAttr("cria.kernels", ArrayAttr::get(&getContext(), table));
    OpBuilder b(getOperation().getBody(), getOperation().getBody()->end());
    declareTeam(b, getOperation().getLoc());
  }
};

} // namespace
} // namespace cria
