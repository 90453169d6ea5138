//===- ProbeTiles.cpp - The unit of tiles of this machine -----------------===//
#include "measure/ProbeTiles.h"
#include "measure/ProbeLoop.h"
#include "llvm/IR/IntrinsicsX86.h"

using namespace llvm;

namespace cria::measure {

void addTiles(Module &module, const TargetInfo &info, const UnitForm &form) {
  using llvm::Value;
  constexpr std::uint64_t rowCount = 16, rowBytes = 64, pairs = rowCount * rowBytes / 4;
  LLVMContext &context = module.getContext();
  ProbeLoop unit(module, form.function(),
                 {llvm::Type::getInt64Ty(context), PointerType::get(context, 0)}, info.vectorBits);
  IRBuilder<> &b = unit.b;
  Value *rows = b.getInt16(rowCount), *bytes = b.getInt16(rowBytes), *stride = b.getInt64(rowBytes);
  Constant *ones = ConstantVector::getSplat(ElementCount::getFixed(2 * pairs),
                                            ConstantFP::get(b.getBFloatTy(), 1));
  auto *memory = new GlobalVariable(module, ones->getType(), /*isConstant=*/true,
                                    GlobalValue::InternalLinkage, ones, form.function() + "_ones");
  auto load = [&] {
    return b.CreateIntrinsic(Intrinsic::x86_tileloadd64_internal, {},
                             {rows, bytes, memory, stride});
  };
  Value *lhs = load(), *rhs = load();
  SmallVector<Value *> sums;
  for (std::int64_t i = 0; i < chains(info, form); ++i)
    sums.push_back(b.CreateIntrinsic(Intrinsic::x86_tilezero_internal, {}, {rows, bytes}));
  sums = unit.count(unit.argument(0), 1, sums, [&](Value *, MutableArrayRef<Value *> next) {
    for (Value *&sum : next)
      sum = b.CreateIntrinsic(form.intrinsic, {}, {rows, bytes, bytes, sum, lhs, rhs});
  });
  for (auto [i, sum] : enumerate(sums)) {
    Value *to = b.CreateConstGEP1_64(ones->getType(), unit.argument(1), i);
    b.CreateIntrinsic(Intrinsic::x86_tilestored64_internal, {}, {rows, bytes, to, stride, sum});
  }
  b.CreateRetVoid();
}

} // namespace cria::measure
