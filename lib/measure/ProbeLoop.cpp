//===- ProbeLoop.cpp - A function with one loop over vectors --------------===//
#include "measure/ProbeLoop.h"

using namespace llvm;

namespace cria::measure {

ProbeLoop::ProbeLoop(Module &module, StringRef name, ArrayRef<llvm::Type *> arguments,
                     std::int64_t bits)
    : b(module.getContext()),
      function(Function::Create(FunctionType::get(b.getVoidTy(), arguments, false),
                                GlobalValue::ExternalLinkage, name, module)),
      loop(BasicBlock::Create(module.getContext(), "loop", function)),
      exit(BasicBlock::Create(module.getContext(), "exit", function)) {
  // Some CPUs prefer vectors narrower than their widest; LLVM would split the wide ones.
  function->addFnAttr("prefer-vector-width", std::to_string(bits));
  function->addFnAttr("min-legal-vector-width", std::to_string(bits));
  b.SetInsertPoint(BasicBlock::Create(module.getContext(), "entry", function, loop));
}

SmallVector<llvm::Value *> ProbeLoop::count(llvm::Value *count, std::int64_t step,
                                            ArrayRef<llvm::Value *> first, Body body) {
  BasicBlock *entry = b.GetInsertBlock();
  b.CreateBr(loop);
  b.SetInsertPoint(loop);
  PHINode *index = b.CreatePHI(b.getInt64Ty(), 2);
  SmallVector<PHINode *> phis;
  for (llvm::Value *value : first)
    phis.push_back(b.CreatePHI(value->getType(), 2));
  SmallVector<llvm::Value *> carried(phis.begin(), phis.end());
  body(index, carried);
  llvm::Value *next = b.CreateAdd(index, b.getInt64(std::uint64_t(step)));
  index->addIncoming(b.getInt64(0), entry);
  index->addIncoming(next, loop);
  for (auto [phi, begin, end] : zip_equal(phis, first, carried)) {
    phi->addIncoming(begin, entry);
    phi->addIncoming(end, loop);
  }
  b.CreateCondBr(b.CreateICmpULT(next, count), loop, exit);
  b.SetInsertPoint(exit);
  return carried;
}

void ProbeLoop::emit(llvm::Value *count, std::int64_t step, llvm::Value *sum,
                     ArrayRef<llvm::Value *> first, Body body) {
  SmallVector<llvm::Value *> carried = this->count(count, step, first, body);
  llvm::Value *total = carried.front();
  for (llvm::Value *value : ArrayRef<llvm::Value *>(carried).drop_front())
    total = total->getType()->isFPOrFPVectorTy() ? b.CreateFAdd(total, value)
                                                 : b.CreateAdd(total, value);
  b.CreateAlignedStore(total, sum, Align(64));
  b.CreateRetVoid();
}

} // namespace cria::measure
