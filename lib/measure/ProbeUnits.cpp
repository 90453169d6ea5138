//===- ProbeUnits.cpp - Multiplying units of this machine -----------------===//
#include "measure/ProbeUnits.h"
#include "measure/ProbeLoop.h"
#include "measure/ProbeTiles.h"
#include "llvm/IR/IntrinsicsAArch64.h"
#include "llvm/IR/IntrinsicsX86.h"
#include <fmt/format.h>

using namespace llvm;

namespace cria::measure {
namespace {

using llvm::Type;
using llvm::Value;

constexpr auto anyArch = Triple::UnknownArch, x86 = Triple::x86_64, arm = Triple::aarch64;

/// bf16 sums of pairs and int8 sums of fours go to each 32-bit sum; the matrix forms (mmla) do
/// twice that, and tiles multiply 16 pairs. A width of 0 is that of the target.
constexpr UnitForm forms[] = {
    {"fma", Operand::f32, anyArch, "", Intrinsic::fmuladd, 0, 2},
    {"fma", Operand::f32, x86, "+avx512f", Intrinsic::fmuladd, 512, 2},
    {"dot_bf16", Operand::bf16, x86, "+avx512bf16", Intrinsic::x86_avx512bf16_dpbf16ps_512, 512, 4},
    {"amx_bf16", Operand::bf16, x86, "+amx-bf16", Intrinsic::x86_tdpbf16ps_internal, 8192, 64},
    {"dot_bf16", Operand::bf16, arm, "+bf16", Intrinsic::aarch64_neon_bfdot, 128, 4},
    {"mmla_bf16", Operand::bf16, arm, "+bf16", Intrinsic::aarch64_neon_bfmmla, 128, 8},
    {"dot_int8", Operand::int8, x86, "+avxvnni", Intrinsic::x86_avx512_vpdpbusd_256, 256, 8},
    {"dot_int8", Operand::int8, x86, "+avx512vnni", Intrinsic::x86_avx512_vpdpbusd_512, 512, 8},
    {"dot_int8", Operand::int8, arm, "+dotprod", Intrinsic::aarch64_neon_sdot, 128, 8},
    {"mmla_int8", Operand::int8, arm, "+i8mm", Intrinsic::aarch64_neon_smmla, 128, 16},
};

bool isThere(const UnitForm &form, const driver::Target &target) {
  if (form.arch != anyArch && form.arch != target.machine->getTargetTriple().getArch())
    return false;
  SmallVector<StringRef> features;
  StringRef(target.features).split(features, ',');
  return !*form.feature || is_contained(features, form.feature);
}

/// Vectors of `bits`: of sums, and of the values that are multiplied.
struct Types {
  FixedVectorType *sum, *operand;
};

Types typesOf(const UnitForm &form, LLVMContext &context) {
  auto bits = unsigned(form.bits);
  Type *f32 = Type::getFloatTy(context);
  switch (form.operand) {
  case Operand::f32:
    return {FixedVectorType::get(f32, bits / 32), FixedVectorType::get(f32, bits / 32)};
  case Operand::bf16:
    return {FixedVectorType::get(f32, bits / 32),
            FixedVectorType::get(Type::getBFloatTy(context), bits / 16)};
  case Operand::int8:
    return {FixedVectorType::get(Type::getInt32Ty(context), bits / 32),
            FixedVectorType::get(Type::getInt8Ty(context), bits / 8)};
  }
  llvm_unreachable("an operand of no type");
}

Constant *number(Type *type, double value) {
  return type->isFPOrFPVectorTy() ? ConstantFP::get(type, value)
                                  : ConstantInt::get(type, std::uint64_t(value));
}

/// The next vector of sums of one chain.
Value *multiplyAdd(IRBuilder<> &b, const UnitForm &form, const Types &types, Value *sum) {
  if (form.operand == Operand::f32) // sum / 2 + 1 converges to 2, so nothing overflows
    return b.CreateIntrinsic(form.intrinsic, {types.sum},
                             {sum, number(types.sum, 0.5), number(types.sum, 1)});
  Value *one = number(types.operand, 1); // sums of ones: whole numbers
  SmallVector<Type *, 2> overloads;
  if (Intrinsic::isOverloaded(form.intrinsic))
    overloads = {types.sum, types.operand};
  return b.CreateIntrinsic(form.intrinsic, overloads, {sum, one, one});
}

} // namespace

std::string UnitForm::function() const { return fmt::format("{}_{}", unit, bits); }

bool UnitForm::ofTiles() const { return intrinsic == Intrinsic::x86_tdpbf16ps_internal; }

std::vector<UnitForm> unitForms(const driver::Target &target) {
  std::vector<UnitForm> found;
  for (UnitForm form : forms) {
    form.bits = form.bits ? form.bits : target.info.vectorBits;
    bool known =
        any_of(found, [&](const UnitForm &other) { return other.function() == form.function(); });
    if (isThere(form, target) && !known)
      found.push_back(form);
  }
  return found;
}

void addUnit(Module &module, const TargetInfo &info, const UnitForm &form) {
  if (form.ofTiles())
    return addTiles(module, info, form);
  LLVMContext &context = module.getContext();
  ProbeLoop unit(module, form.function(), {Type::getInt64Ty(context), PointerType::get(context, 0)},
                 form.bits);
  Types types = typesOf(form, context);
  SmallVector<Value *> starts; // all different, so that LLVM cannot merge the chains
  for (std::int64_t i = 0; i < chains(info); ++i)
    starts.push_back(number(types.sum, double(i)));
  unit.emit(unit.argument(0), 1, unit.argument(1), starts,
            [&](Value *, MutableArrayRef<Value *> sums) {
              for (Value *&sum : sums)
                sum = multiplyAdd(unit.b, form, types, sum);
            });
}

std::int64_t chains(const TargetInfo &info) { return info.vectorRegisters - 4; }

std::int64_t chains(const TargetInfo &info, const UnitForm &form) {
  constexpr std::int64_t tileRegisters = 8;
  return form.ofTiles() ? tileRegisters - 4 : chains(info);
}

} // namespace cria::measure
