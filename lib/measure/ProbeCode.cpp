//===- ProbeCode.cpp - The inner loops of the probes ----------------------===//
#include "measure/ProbeCode.h"
#include "llvm/IR/IRBuilder.h"

using namespace llvm;

namespace cria::measure {
namespace {

// LLVM's types, not MLIR's.
using llvm::Type;
using llvm::Value;

constexpr int64_t lineBytes = 64; ///< bytes that one prefetch fetches

/// A function with one loop that carries vectors.
class LoopFunction {
public:
  LoopFunction(Module &module, StringRef name, ArrayRef<Type *> arguments)
      : b(module.getContext()),
        function(Function::Create(FunctionType::get(b.getVoidTy(), arguments, false),
                                  GlobalValue::ExternalLinkage, name, module)),
        loop(BasicBlock::Create(module.getContext(), "loop", function)),
        exit(BasicBlock::Create(module.getContext(), "exit", function)) {}

  /// Counts from 0 to `count` in steps of `step`. `body` computes the next carried vectors from
  /// the current ones, which start as `first`; the sum of the last ones is stored to `sum`.
  void emit(Value *count, int64_t step, Value *sum, ArrayRef<Constant *> first,
            function_ref<void(Value *index, MutableArrayRef<Value *> carried)> body) {
    BasicBlock *entry = BasicBlock::Create(b.getContext(), "entry", function, loop);
    b.SetInsertPoint(entry);
    b.CreateBr(loop);
    b.SetInsertPoint(loop);
    PHINode *index = b.CreatePHI(b.getInt64Ty(), 2);
    SmallVector<PHINode *> phis;
    for (Constant *value : first)
      phis.push_back(b.CreatePHI(value->getType(), 2));
    SmallVector<Value *> carried(phis.begin(), phis.end());
    body(index, carried);
    Value *next = b.CreateAdd(index, b.getInt64(uint64_t(step)));
    index->addIncoming(b.getInt64(0), entry);
    index->addIncoming(next, loop);
    for (auto [phi, begin, end] : zip_equal(phis, first, carried)) {
      phi->addIncoming(begin, entry);
      phi->addIncoming(end, loop);
    }
    b.CreateCondBr(b.CreateICmpULT(next, count), loop, exit);
    b.SetInsertPoint(exit);
    Value *total = carried.front();
    for (Value *value : ArrayRef<Value *>(carried).drop_front())
      total = total->getType()->isFPOrFPVectorTy() ? b.CreateFAdd(total, value)
                                                   : b.CreateAdd(total, value);
    b.CreateAlignedStore(total, sum, Align(lineBytes));
    b.CreateRetVoid();
  }

  Value *argument(unsigned i) const { return function->getArg(i); }

  IRBuilder<> b;

private:
  Function *function;
  BasicBlock *loop, *exit;
};

void addRead(Module &module, const TargetInfo &info) {
  LLVMContext &context = module.getContext();
  auto *pointer = PointerType::get(context, 0);
  LoopFunction read(module, "read", {pointer, Type::getInt64Ty(context), pointer});
  IRBuilder<> &b = read.b;
  auto *vector = FixedVectorType::get(b.getInt32Ty(), unsigned(info.lanes()));
  int64_t vectorBytes = info.vectorBits / 8, block = readBlock(info);
  SmallVector<Constant *> zeros(size_t(chains(info)), Constant::getNullValue(vector));
  read.emit(read.argument(1), block, read.argument(2), zeros,
            [&](Value *index, MutableArrayRef<Value *> sums) {
              Value *at = b.CreatePtrAdd(read.argument(0), index);
              auto byteOf = [&](int64_t offset) {
                return b.CreatePtrAdd(at, b.getInt64(uint64_t(offset)));
              };
              for (int64_t line = 0; line < block; line += lineBytes)
                b.CreateIntrinsic(Intrinsic::prefetch, {pointer},
                                  {byteOf(info.prefetchBytes + line), /*read*/ b.getInt32(0),
                                   /*locality*/ b.getInt32(3), /*data*/ b.getInt32(1)});
              for (auto [i, sum] : enumerate(sums)) {
                Value *loaded = b.CreateAlignedLoad(vector, byteOf(int64_t(i) * vectorBytes),
                                                    Align(uint64_t(vectorBytes)));
                sum = b.CreateAdd(sum, loaded);
              }
            });
}

void addMultiplyAdd(Module &module, const TargetInfo &info) {
  LLVMContext &context = module.getContext();
  LoopFunction fma(module, "multiply_add",
                   {Type::getInt64Ty(context), PointerType::get(context, 0)});
  IRBuilder<> &b = fma.b;
  auto *vector = FixedVectorType::get(b.getFloatTy(), unsigned(info.lanes()));
  Constant *half = ConstantFP::get(vector, 0.5), *one = ConstantFP::get(vector, 1.0);
  SmallVector<Constant *> starts; // all different, so that LLVM cannot merge the chains
  for (int64_t i = 0; i < chains(info); ++i)
    starts.push_back(ConstantFP::get(vector, double(i)));
  fma.emit(fma.argument(0), 1, fma.argument(1), starts,
           [&](Value *, MutableArrayRef<Value *> values) {
             for (Value *&value : values) // converges to 2, so nothing overflows
               value = b.CreateIntrinsic(Intrinsic::fmuladd, {vector}, {value, half, one});
           });
}

} // namespace

int64_t chains(const TargetInfo &info) { return info.vectorRegisters - 4; }

int64_t readBlock(const TargetInfo &info) { return chains(info) * info.vectorBits / 8; }

driver::LlvmCode probeCode(const driver::Target &target) {
  driver::LlvmCode code{std::make_unique<LLVMContext>(), nullptr};
  code.module = std::make_unique<Module>("probes", *code.context);
  code.module->setTargetTriple(target.machine->getTargetTriple());
  code.module->setDataLayout(target.machine->createDataLayout());
  addRead(*code.module, target.info);
  addMultiplyAdd(*code.module, target.info);
  return code;
}

} // namespace cria::measure
