//===- EmulatedTiles.cpp - AMX on machines that have none -----------------===//
#include "amx/EmulatedTiles.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include <bit>
#include <cassert>
#include <cstring>

using namespace llvm;

namespace cria::emulator {
namespace {

struct Tile {
  std::uint32_t words[16][16];
};
using Size = std::uint16_t; ///< rows, or bytes of a row

void zero(Tile *tile, Size, Size) { *tile = {}; }

void load(Tile *tile, Size rows, Size bytes, const char *from, std::int64_t stride) {
  assert(rows <= 16 && bytes <= 64);
  *tile = {};
  for (int i = 0; i < rows; ++i)
    std::memcpy(tile->words[i], from + i * stride, bytes);
}

void store(Size rows, Size bytes, char *to, std::int64_t stride, const Tile *tile) {
  for (int i = 0; i < rows; ++i)
    std::memcpy(to + i * stride, tile->words[i], bytes);
}

/// tdpbf16ps, as Intel's manual has it but for the order of sums.
void multiply(Tile *result, Size rows, Size bytes, Size depth, const Tile *sums, const Tile *lhs,
              const Tile *rhs) {
  auto low = [](std::uint32_t pair) { return std::bit_cast<float>(pair << 16); };
  auto high = [](std::uint32_t pair) { return std::bit_cast<float>(pair & 0xffff0000); };
  *result = *sums;
  for (int i = 0; i < rows; ++i)
    for (int k = 0; k < depth / 4; ++k)
      for (int j = 0; j < bytes / 4; ++j) {
        std::uint32_t x = lhs->words[i][k], y = rhs->words[k][j];
        auto sum = std::bit_cast<float>(result->words[i][j]);
        sum += low(x) * low(y);
        sum += high(x) * high(y);
        result->words[i][j] = std::bit_cast<std::uint32_t>(sum);
      }
}

const struct {
  const char *intrinsic;
  void *function; ///< gets a pointer for each tile, and one more as the first if it makes one
} functions[] = {
    {"llvm.x86.tilezero.internal", reinterpret_cast<void *>(zero)},
    {"llvm.x86.tileloadd64.internal", reinterpret_cast<void *>(load)},
    {"llvm.x86.tilestored64.internal", reinterpret_cast<void *>(store)},
    {"llvm.x86.tdpbf16ps.internal", reinterpret_cast<void *>(multiply)},
};

/// Tiles as a type of every CPU.
Type *withoutTiles(Type *type) {
  if (!type->isX86_AMXTy())
    return type;
  return FixedVectorType::get(Type::getInt32Ty(type->getContext()), sizeof(Tile) / 4);
}

/// What does the same as `intrinsic` by a call of `address`.
Function *makeFunction(Function &intrinsic, void *address) {
  FunctionType *type = intrinsic.getFunctionType();
  SmallVector<Type *> parameters;
  for (Type *parameter : type->params())
    parameters.push_back(withoutTiles(parameter));
  Type *result = withoutTiles(type->getReturnType());
  auto *made = Function::Create(FunctionType::get(result, parameters, false),
                                GlobalValue::InternalLinkage, "tiles", intrinsic.getParent());
  made->addFnAttr(Attribute::AlwaysInline);
  IRBuilder<> b(BasicBlock::Create(made->getContext(), "entry", made));
  SmallVector<llvm::Value *> arguments;
  if (!result->isVoidTy())
    arguments.push_back(b.CreateAlloca(result));
  for (Argument &argument : made->args()) {
    arguments.push_back(&argument);
    if (!argument.getType()->isVectorTy())
      continue;
    arguments.back() = b.CreateAlloca(argument.getType());
    b.CreateStore(&argument, arguments.back());
  }
  SmallVector<Type *> passed;
  for (llvm::Value *argument : arguments)
    passed.push_back(argument->getType());
  llvm::Value *function =
      b.CreateIntToPtr(b.getInt64(reinterpret_cast<std::uintptr_t>(address)), b.getPtrTy());
  b.CreateCall(FunctionType::get(b.getVoidTy(), passed, false), function, arguments);
  if (result->isVoidTy())
    b.CreateRetVoid();
  else
    b.CreateRet(b.CreateLoad(result, arguments.front()));
  return made;
}

} // namespace

void emulateTiles(Module &module) {
  for (auto [name, address] : functions) {
    Function *intrinsic = module.getFunction(name);
    if (!intrinsic)
      continue;
    Function *made = makeFunction(*intrinsic, address);
    for (User *user : make_early_inc_range(intrinsic->users())) {
      auto *call = cast<CallInst>(user);
      call->mutateFunctionType(made->getFunctionType());
      call->setCalledOperand(made);
    }
    intrinsic->eraseFromParent();
  }
  for (Function &function : module)
    for (Instruction &instruction : instructions(function))
      instruction.mutateType(withoutTiles(instruction.getType()));
}

} // namespace cria::emulator
