//===- CodeFaults.cpp - Mistakes in LLVM IR and in the descriptor ---------===//
#include "Faults.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace cria::faults {
namespace {

/// The lanes of one partial sum of the head are not added up.
bool loseLanes(Module &module) {
  for (Instruction &instruction : instructions(*module.getFunction("head.lm_head")))
    if (auto *call = dyn_cast<IntrinsicInst>(&instruction);
        call && call->getIntrinsicID() == Intrinsic::vector_reduce_fadd) {
      call->replaceAllUsesWith(call->getArgOperand(0));
      return true;
    }
  return false;
}

/// The value of a constant, or of each element of one.
const ConstantFP *number(llvm::Value *value) {
  auto *constant = dyn_cast<Constant>(value);
  if (constant && constant->getType()->isVectorTy())
    constant = constant->getSplatValue();
  return dyn_cast_or_null<ConstantFP>(constant);
}

/// Changes all uses of a constant.
bool changeConstants(Module &module, double from, double to) {
  bool found = false;
  for (Function &function : module)
    for (Instruction &instruction : instructions(function))
      for (Use &operand : instruction.operands())
        if (const ConstantFP *constant = number(operand))
          if (constant->getType()->isFloatTy() &&
              std::abs(constant->getValueAPF().convertToFloat() - from) < 1e-6) {
            operand.set(ConstantFP::get(operand->getType(), to));
            found = true;
          }
  return found;
}

/// The half in the polynomial of exponentials.
bool changeExponential(Module &module) { return changeConstants(module, 0.5, 0.5005); }

/// Rows {name, dtype, rank, shape[0], shape[1], count, first} of cria.params.
bool swapSlots(Module &module) {
  GlobalVariable *params = module.getNamedGlobal("cria.params");
  if (!params)
    return false;
  constexpr unsigned first = 6;
  std::vector<Constant *> rows;
  Constant *gate = nullptr, *up = nullptr;
  std::size_t gateRow = 0, upRow = 0;
  auto *all = cast<ConstantArray>(params->getInitializer());
  for (Use &row : all->operands()) {
    auto *record = cast<ConstantStruct>(row);
    auto *name = cast<GlobalVariable>(record->getOperand(0));
    StringRef text = cast<ConstantDataArray>(name->getInitializer())->getAsString();
    if (text.contains("gate_proj.weight")) {
      gate = record;
      gateRow = rows.size();
    } else if (text.contains("up_proj.weight")) {
      up = record;
      upRow = rows.size();
    }
    rows.push_back(record);
  }
  if (!gate || !up)
    return false;
  auto withSlot = [&](Constant *record, Constant *slotOf) {
    SmallVector<Constant *> fields;
    for (unsigned i = 0; i < record->getNumOperands(); ++i)
      fields.push_back(cast<Constant>((i == first ? slotOf : record)->getOperand(i)));
    return ConstantStruct::get(cast<StructType>(record->getType()), fields);
  };
  rows[gateRow] = withSlot(gate, up);
  rows[upRow] = withSlot(up, gate);
  params->setInitializer(ConstantArray::get(all->getType(), rows));
  return true;
}

constexpr Fault faults[] = {
    {"code: a sum of lanes lost", {InCode{loseLanes}}},
    {"code: a coefficient 0.1 % too large", {InCode{changeExponential}}},
    {"code: slots of gate and up swapped", {InCode{swapSlots}}},
};

} // namespace

llvm::ArrayRef<Fault> codeFaults() { return faults; }

} // namespace cria::faults
