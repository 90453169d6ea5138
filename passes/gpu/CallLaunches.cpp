//===- CallLaunches.cpp - Launches as calls of the runtime ----------------===//
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "passes/Passes.h"
#include "passes/buffers/KernelFunctions.h"
#include "passes/gpu/Block.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_CALLLAUNCHESPASS
#include "passes/Passes.h.inc"

namespace {

struct CallLaunches : impl::CallLaunchesPassBase<CallLaunches> {
  /// `value` as a word; null if it is neither an index nor a pointer nor a buffer.
  static Value wordOf(ImplicitLocOpBuilder &b, Value value) {
    Type type = value.getType(), word = b.getI64Type();
    if (isa<MemRefType>(type))
      value = memref::ExtractAlignedPointerAsIndexOp::create(b, value);
    if (isa<LLVM::LLVMPointerType>(type))
      return LLVM::PtrToIntOp::create(b, word, value);
    return value.getType().isIndex() ? arith::IndexCastOp::create(b, word, value) : Value();
  }

  LogicalResult call(gpu::LaunchFuncOp launch, Value words, int64_t number) {
    ImplicitLocOpBuilder b(launch.getLoc(), launch);
    Type word = b.getI64Type();
    auto constant = [&](int64_t value) -> Value {
      return arith::ConstantIntOp::create(b, word, value);
    };
    for (auto [i, operand] : llvm::enumerate(launch.getKernelOperands())) {
      Value value = wordOf(b, operand);
      if (!value)
        return launch.emitOpError() << "has an argument of type " << operand.getType();
      Value place =
          LLVM::GEPOp::create(b, words.getType(), word, words, ArrayRef<LLVM::GEPArg>{int32_t(i)});
      LLVM::StoreOp::create(b, value, place);
    }
    gpu::KernelDim3 grid = launch.getGridSizeOperandValues();
    Value worker = launch->getParentOfType<func::FuncOp>().getArgument(0);
    SmallVector<Value> arguments{worker, constant(number)};
    for (Value extent : {grid.x, grid.y, grid.z})
      arguments.push_back(arith::IndexCastOp::create(b, word, extent));
    arguments.append({words, constant(int64_t(launch.getNumKernelOperands()))});
    func::CallOp::create(b, launchName, TypeRange(), arguments);
    launch.erase();
    return success();
  }

  LogicalResult callAll(func::FuncOp entry, const llvm::StringMap<int64_t> &numbers) {
    SmallVector<gpu::LaunchFuncOp> launches;
    entry.walk([&](gpu::LaunchFuncOp launch) { launches.push_back(launch); });
    unsigned most = 0;
    for (gpu::LaunchFuncOp launch : launches)
      most = std::max(most, launch.getNumKernelOperands());
    ImplicitLocOpBuilder b(entry.getLoc(), &getContext());
    b.setInsertionPointToStart(&entry.getBody().front());
    Value count = arith::ConstantIntOp::create(b, b.getI64Type(), most);
    Value words =
        LLVM::AllocaOp::create(b, LLVM::LLVMPointerType::get(&getContext()), b.getI64Type(), count);
    for (gpu::LaunchFuncOp launch : launches)
      if (failed(call(launch, words, numbers.lookup(launch.getKernelName()))))
        return failure();
    return success();
  }

  void runOnOperation() override {
    llvm::StringMap<int64_t> numbers;
    if (auto table = getOperation()->getAttrOfType<ArrayAttr>("cria.kernels"))
      for (auto [number, row] : llvm::enumerate(table.getAsRange<DictionaryAttr>()))
        numbers[deviceName(row.getAs<StringAttr>("name").getValue())] = int64_t(number);
    for (auto entry : llvm::to_vector(getOperation().getOps<func::FuncOp>()))
      if (!entry.isDeclaration() && failed(callAll(entry, numbers)))
        return signalPassFailure();
    ImplicitLocOpBuilder b(getOperation().getLoc(), &getContext());
    b.setInsertionPointToEnd(getOperation().getBody());
    Type word = b.getI64Type(), pointer = workerType(b);
    func::FuncOp::create(b, launchName,
                         b.getFunctionType({pointer, word, word, word, word, pointer, word}, {}))
        .setPrivate();
  }
};

} // namespace
} // namespace cria
