//===- WasmHalf.cpp - f16 where no instruction knows it -------------------===//
#include "driver/WasmHalf.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"

using namespace llvm;

namespace cria::driver {
namespace {

/// Builds for one conversion, of scalars or of vectors.
struct Converter {
  IRBuilder<> b;
  llvm::Type *floats, *words, *halves, *shorts;

  Converter(Instruction *at, llvm::Type *floats, llvm::Type *halves)
      : b(at), floats(floats), words(floats->getWithNewType(b.getInt32Ty())), halves(halves),
        shorts(halves->getWithNewType(b.getInt16Ty())) {}

  Constant *word(uint32_t bits) { return ConstantInt::get(words, bits); }
  llvm::Value *asFloat(llvm::Value *bits) { return b.CreateBitCast(bits, floats); }
  llvm::Value *asWord(llvm::Value *number) { return b.CreateBitCast(number, words); }

  /// The exponent is moved to its place by a product, which is exact: 2^112 is the difference of
  /// the two biases, and products of subnormal numbers are normalised by the hardware.
  llvm::Value *extend(llvm::Value *half) {
    llvm::Value *bits = b.CreateZExt(b.CreateBitCast(half, shorts), words);
    llvm::Value *magnitude = b.CreateAnd(bits, word(0x7fff));
    llvm::Value *scaled = asWord(
        b.CreateFMul(asFloat(b.CreateShl(magnitude, word(13))), ConstantFP::get(floats, 0x1p112)));
    llvm::Value *special = b.CreateICmpUGE(magnitude, word(0x7c00));
    llvm::Value *value = b.CreateSelect(special, b.CreateOr(scaled, word(0x7f800000)), scaled);
    llvm::Value *sign = b.CreateShl(b.CreateAnd(bits, word(0x8000)), word(16));
    return asFloat(b.CreateOr(value, sign));
  }

  /// To the nearest, ties to even. Subnormal results are rounded by adding 0.5, whose last place
  /// is the smallest f16; others by adding half of what is cut off.
  llvm::Value *truncate(llvm::Value *number) {
    llvm::Value *bits = asWord(number);
    llvm::Value *magnitude = b.CreateAnd(bits, word(0x7fffffff));
    llvm::Value *half = ConstantFP::get(floats, 0.5);
    llvm::Value *small =
        b.CreateSub(asWord(b.CreateFAdd(asFloat(magnitude), half)), word(0x3f000000));
    llvm::Value *odd = b.CreateAnd(b.CreateLShr(magnitude, word(13)), word(1));
    constexpr uint32_t rebias = uint32_t(15 - 127) << 23;
    llvm::Value *normal =
        b.CreateLShr(b.CreateAdd(b.CreateAdd(magnitude, word(rebias + 0xfff)), odd), word(13));
    llvm::Value *finite =
        b.CreateSelect(b.CreateICmpULT(magnitude, word(0x38800000)), small, normal);
    llvm::Value *isNan = b.CreateICmpUGT(magnitude, word(0x7f800000));
    llvm::Value *special = b.CreateSelect(isNan, word(0x7e00), word(0x7c00));
    llvm::Value *value =
        b.CreateSelect(b.CreateICmpULT(magnitude, word(0x47800000)), finite, special);
    llvm::Value *sign = b.CreateAnd(b.CreateLShr(bits, word(16)), word(0x8000));
    return b.CreateBitCast(b.CreateTrunc(b.CreateOr(value, sign), shorts), halves);
  }
};

} // namespace

void expandHalf(Module &module) {
  SmallVector<Instruction *> done;
  for (Function &function : module)
    for (Instruction &op : instructions(function)) {
      if (!isa<FPExtInst, FPTruncInst>(op))
        continue;
      llvm::Type *from = op.getOperand(0)->getType(), *to = op.getType();
      llvm::Value *result = nullptr;
      if (from->getScalarType()->isHalfTy() && to->getScalarType()->isFloatTy())
        result = Converter(&op, to, from).extend(op.getOperand(0));
      else if (from->getScalarType()->isFloatTy() && to->getScalarType()->isHalfTy())
        result = Converter(&op, from, to).truncate(op.getOperand(0));
      if (!result)
        continue;
      op.replaceAllUsesWith(result);
      done.push_back(&op);
    }
  for (Instruction *op : done)
    op->eraseFromParent();
}

} // namespace cria::driver
