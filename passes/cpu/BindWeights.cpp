//===- BindWeights.cpp - The weight table as an array of pointers ---------===//
#include "mlir/Conversion/LLVMCommon/MemRefBuilder.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_BINDWEIGHTSPASS
#include "passes/Passes.h.inc"

namespace {

struct BindWeights : impl::BindWeightsPassBase<BindWeights> {
  void bind(WeightOp weight, int64_t first, const LLVMTypeConverter &converter) {
    OpBuilder b(weight);
    Location loc = weight.getLoc();
    auto pointer = LLVM::LLVMPointerType::get(&getContext());
    Value slot = arith::ConstantIntOp::create(b, loc, b.getI64Type(), first);
    if (Value layer = weight.getLayer()) {
      Value number = arith::IndexCastOp::create(b, loc, b.getI64Type(), layer);
      auto inside = arith::IntegerOverflowFlags::nsw | arith::IntegerOverflowFlags::nuw;
      slot = arith::AddIOp::create(b, loc, slot, number, inside);
    }
    Value table = weight->getOperand(0); // its type is a pointer by now
    // What says that the slot is inside of the table lets LLVM infer, from the address space of the
    // table, that of what it points to.
    Value entry = LLVM::GEPOp::create(b, loc, pointer, pointer, table, ArrayRef<LLVM::GEPArg>{slot},
                                      LLVM::GEPNoWrapFlags::inbounds | LLVM::GEPNoWrapFlags::nuw);
    auto load = LLVM::LoadOp::create(b, loc, pointer, entry);
    load.setInvariant(true);
    auto type = cast<MemRefType>(weight.getType());
    Value descriptor = MemRefDescriptor::fromStaticShape(b, loc, converter, type, load);
    Value buffer = UnrealizedConversionCastOp::create(b, loc, type, descriptor).getResult(0);
    weight.getResult().replaceAllUsesWith(buffer);
    weight.erase();
  }

  void runOnOperation() override {
    ModuleOp module = getOperation();
    WeightSlots slots = WeightSlots::of(module);
    auto pointer = LLVM::LLVMPointerType::get(&getContext());
    auto result = module.walk([&](WeightOp weight) -> WalkResult {
      if (!isa<MemRefType>(weight.getType()))
        return weight.emitOpError("is a tensor; weights are bound after bufferization");
      if (!slots.first.contains(weight.getParam()) || !isa<BlockArgument>(weight.getWeights()) ||
          !isa<func::FuncOp>(weight.getWeights().getParentBlock()->getParentOp()))
        return weight.emitOpError("does not read from the weight table argument of its function");
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      return signalPassFailure();
    for (auto func : module.getOps<func::FuncOp>()) {
      SmallVector<Type> inputs(func.getArgumentTypes());
      for (auto [i, type] : llvm::enumerate(inputs)) {
        if (!isa<WeightsType>(type))
          continue;
        type = pointer;
        if (!func.isDeclaration())
          func.getArgument(i).setType(type);
      }
      func.setType(FunctionType::get(&getContext(), inputs, func.getResultTypes()));
    }
    LLVMTypeConverter converter(&getContext());
    module.walk(
        [&](WeightOp weight) { bind(weight, slots.first.at(weight.getParam()), converter); });
    for (auto param : llvm::make_early_inc_range(module.getOps<ParamOp>()))
      param.erase();
  }
};

} // namespace
} // namespace cria
