//===- LaunchKernels.cpp - Kernels as launches ----------------------------===//
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "passes/Passes.h"
#include "passes/buffers/KernelFunctions.h"
#include "passes/gpu/Block.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_LAUNCHKERNELSPASS
#include "passes/Passes.h.inc"

namespace {

constexpr size_t dimensions = 3;

/// `value`, an index computed in a kernel from its arguments, computed again where `b` is; null if
/// it depends on memory.
Value computeOutside(OpBuilder &b, Value value, IRMapping &known) {
  if (Value found = known.lookupOrNull(value))
    return found;
  Operation *op = value.getDefiningOp();
  if (!op || !isPure(op))
    return {};
  for (Value operand : op->getOperands())
    if (!computeOutside(b, operand, known))
      return {};
  b.clone(*op, known);
  return known.lookup(value);
}

/// Whether `value` is the number of tokens in the cache: the last index that an entry point takes.
bool isPosition(Value value) {
  auto argument = dyn_cast<BlockArgument>(value);
  if (!argument || !value.getType().isIndex() ||
      !isa<func::FuncOp>(argument.getOwner()->getParentOp()))
    return false;
  auto after = argument.getOwner()->getArguments().drop_front(argument.getArgNumber() + 1);
  return llvm::none_of(after, [](Value other) { return other.getType().isIndex(); });
}

/// Makes `argument` of a kernel the address of an i64, and its uses uses of that number, which is
/// returned.
Value readPosition(BlockArgument argument) {
  ImplicitLocOpBuilder b(argument.getLoc(), argument.getContext());
  b.setInsertionPointToStart(argument.getOwner());
  Type word = b.getI64Type(), pointer = LLVM::LLVMPointerType::get(b.getContext());
  Value address = arith::IndexCastOp::create(b, word, argument);
  Value memory = LLVM::IntToPtrOp::create(b, pointer, address);
  Value number = LLVM::LoadOp::create(b, word, memory);
  Value position = arith::IndexCastOp::create(b, b.getIndexType(), number);
  argument.replaceAllUsesExcept(position, address.getDefiningOp());
  return position;
}

class KernelMover {
public:
  KernelMover(func::FuncOp func, gpu::GPUModuleOp device) : func(func), device(device) {}

  /// Moves the body of the function to a kernel of the device.
  LogicalResult move() {
    OpBuilder end(device.getContext());
    end.setInsertionPointToEnd(device.getBody());
    if (failed(readGrid()))
      return failure();
    copyConstants();
    // The worker, which a GPU does not have, is unused without the calls that a CPU would make.
    if (failed(func.eraseArgument(0)))
      return failure();
    kernel = gpu::GPUFuncOp::create(end, func.getLoc(), deviceName(func.getName()),
                                    func.getFunctionType());
    kernel->setAttr(gpu::GPUDialect::getKernelFuncAttrName(), end.getUnitAttr());
    if (Attribute schedule = func->getAttr(scheduleAttrName))
      kernel->setAttr(scheduleAttrName, schedule);
    kernel.setKnownBlockSizeAttr(end.getDenseI32ArrayAttr({blockThreads, 1, 1}));
    kernel.getBody().takeBody(func.getBody());
    Operation *last = kernel.getBody().front().getTerminator();
    ImplicitLocOpBuilder b(last->getLoc(), last);
    gpu::ReturnOp::create(b);
    last->erase();
    enterGrid();
    return success();
  }

  LogicalResult launch(func::CallOp call) {
    ImplicitLocOpBuilder b(call.getLoc(), call);
    auto index = [&](int64_t value) -> Value { return arith::ConstantIndexOp::create(b, value); };
    auto operands = call.getOperands().drop_front();
    for (auto [operand, argument] : llvm::zip(operands, kernel.getArguments()))
      if (isPosition(operand))
        llvm::replace(extents, Value(argument), readPosition(argument));
    IRMapping known;
    known.map(kernel.getArguments().take_front(operands.size()), operands);
    SmallVector<Value> blocks(dimensions, index(1));
    for (auto [i, extent] : llvm::enumerate(llvm::reverse(extents)))
      if (blocks[i] = computeOutside(b, extent, known); !blocks[i])
        return kernel.emitOpError("has a grid whose size depends on memory");
    gpu::LaunchFuncOp::create(b, kernel, {blocks[0], blocks[1], blocks[2]},
                              {index(blockThreads), index(1), index(1)}, Value(), operands);
    call.erase();
    return success();
  }

private:
  LogicalResult readGrid() {
    auto grids = func.getBody().getOps<scf::ForallOp>();
    if (grids.empty())
      return success();
    grid = *grids.begin();
    ImplicitLocOpBuilder b(grid.getLoc(), grid);
    extents = gridExtents(b, grid);
    if (extents.size() > dimensions)
      return func.emitOpError() << "has a grid of " << extents.size()
                                << " dimensions; a GPU's has up to " << dimensions;
    return success();
  }

  void copyConstants() {
    SymbolTable symbols(device);
    func.walk([&](memref::GetGlobalOp op) {
      if (symbols.lookup(op.getName()))
        return;
      Operation *global = SymbolTable::lookupNearestSymbolFrom(func, op.getNameAttr());
      OpBuilder start(device.getContext());
      start.setInsertionPointToStart(device.getBody());
      symbols.insert(start.clone(*global));
    });
  }

  /// Makes the body of the grid that of the tile which is the block's.
  void enterGrid() {
    if (!grid)
      return;
    ImplicitLocOpBuilder b(grid.getLoc(), grid);
    AffineExpr id, step, lower;
    bindSymbols(b.getContext(), id, step, lower);
    constexpr gpu::Dimension axes[] = {gpu::Dimension::x, gpu::Dimension::y, gpu::Dimension::z};
    unsigned last = grid.getRank() - 1;
    for (auto [i, variable] : llvm::enumerate(grid.getInductionVars())) {
      Value block = gpu::BlockIdOp::create(b, b.getIndexType(), axes[last - i]);
      OpFoldResult at = affine::makeComposedFoldedAffineApply(
          b, b.getLoc(), id * step + lower,
          {block, grid.getMixedStep()[i], grid.getMixedLowerBound()[i]});
      variable.replaceAllUsesWith(cast<Value>(at));
    }
    grid.getTerminator()->erase();
    grid->getBlock()->getOperations().splice(grid->getIterator(), grid.getBody()->getOperations());
    grid.erase();
  }

  func::FuncOp func;
  gpu::GPUModuleOp device;
  gpu::GPUFuncOp kernel;
  scf::ForallOp grid;
  SmallVector<Value> extents; ///< tiles of each dimension of the grid
};

struct LaunchKernels : impl::LaunchKernelsPassBase<LaunchKernels> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    OpBuilder b(&getContext());
    b.setInsertionPointToStart(module.getBody());
    auto device = gpu::GPUModuleOp::create(b, module.getLoc(), "kernels");
    module->setAttr(gpu::GPUDialect::getContainerModuleAttrName(), b.getUnitAttr());
    llvm::StringMap<KernelMover> movers;
    SmallVector<func::FuncOp> done;
    for (auto func : module.getOps<func::FuncOp>()) {
      if (!isKernel(func) && !func.isDeclaration())
        continue;
      done.push_back(func);
      if (!isKernel(func))
        continue;
      KernelMover mover(func, device);
      if (failed(mover.move()))
        return signalPassFailure();
      movers.try_emplace(func.getName(), std::move(mover));
    }
    auto result = module.walk([&](func::CallOp call) -> WalkResult {
      if (auto found = movers.find(call.getCallee()); found != movers.end())
        return found->second.launch(call);
      call.erase(); // of a barrier
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      return signalPassFailure();
    for (func::FuncOp func : done)
      func.erase();
  }
};

} // namespace
} // namespace cria
