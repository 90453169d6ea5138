//===- Retarget.cpp - Code for a GPU as code for this machine -------------===//
#include "gpu/emulator/Retarget.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstrTypes.h"

using namespace llvm;

namespace cria::emulator {
namespace {

/// Makes the calls of `function` calls of a function with one more argument, the number of the
/// call: code generators may copy calls, so that their addresses do not tell. A result of several
/// values is returned in memory.
void numberCalls(Function &function) {
  FunctionType *type = function.getFunctionType();
  Type *result = type->getReturnType();
  SmallVector<Type *> parameters(type->params());
  parameters.push_back(Type::getInt32Ty(function.getContext()));
  bool inMemory = result->isStructTy();
  if (inMemory)
    parameters.push_back(PointerType::get(function.getContext(), 0));
  std::string name = function.getName().str();
  function.setName("");
  Type *returned = inMemory ? Type::getVoidTy(function.getContext()) : result;
  auto *numbered = Function::Create(FunctionType::get(returned, parameters, false),
                                    GlobalValue::ExternalLinkage, name, function.getParent());
  numbered->addFnAttr(Attribute::Convergent);
  uint32_t number = 0;
  for (User *user : make_early_inc_range(function.users())) {
    auto *call = cast<CallInst>(user);
    IRBuilder<> b(call);
    SmallVector<llvm::Value *> arguments(call->args());
    arguments.push_back(b.getInt32(number++));
    AllocaInst *memory = nullptr;
    if (inMemory) {
      b.SetInsertPoint(&*call->getFunction()->getEntryBlock().getFirstInsertionPt());
      memory = b.CreateAlloca(result);
      b.SetInsertPoint(call);
      arguments.push_back(memory);
    }
    llvm::Value *made = b.CreateCall(numbered, arguments);
    call->replaceAllUsesWith(memory ? b.CreateLoad(result, memory) : made);
    call->eraseFromParent();
  }
  function.eraseFromParent();
}

/// "emulated_shfl_sync_bfly_f32" for llvm.nvvm.shfl.sync.bfly.f32; empty for others than those of a
/// vendor.
std::string emulatedName(StringRef name) {
  if (!name.consume_front("llvm.nvvm.") && !name.consume_front("llvm.amdgcn."))
    return "";
  std::string made = "emulated_" + name.str();
  std::replace(made.begin(), made.end(), '.', '_');
  return made;
}

void makeFunction(Function &intrinsic, const std::string &name) {
  bool together = intrinsic.isConvergent() || intrinsic.getName().starts_with("llvm.nvvm.mma.");
  intrinsic.setName(name);
  for (Argument &argument : intrinsic.args())
    argument.removeAttr(Attribute::ImmArg); // only intrinsics may have it
  if (together)
    numberCalls(intrinsic);
}

/// A function that calls `kernel` with arguments from an array of words.
Function *makeCaller(Function &kernel) {
  LLVMContext &context = kernel.getContext();
  IRBuilder<> b(context);
  Type *pointer = b.getPtrTy();
  auto *caller = Function::Create(FunctionType::get(b.getVoidTy(), {pointer}, false),
                                  GlobalValue::InternalLinkage, "emulated", kernel.getParent());
  b.SetInsertPoint(BasicBlock::Create(context, "entry", caller));
  SmallVector<llvm::Value *> arguments;
  for (Argument &argument : kernel.args())
    arguments.push_back(
        b.CreateLoad(argument.getType(),
                     b.CreateConstGEP1_32(b.getInt64Ty(), caller->getArg(0), argument.getArgNo())));
  b.CreateCall(&kernel, arguments);
  b.CreateRetVoid();
  return caller;
}

void addDescription(Function &kernel) {
  Module &module = *kernel.getParent();
  IRBuilder<> b(module.getContext());
  Constant *memory = ConstantPointerNull::get(b.getPtrTy());
  uint64_t bytes = 0;
  if (GlobalVariable *own =
          module.getGlobalVariable("__wg_" + kernel.getName().str() + "_0", true)) {
    memory = ConstantExpr::getAddrSpaceCast(own, b.getPtrTy());
    bytes = module.getDataLayout().getTypeAllocSize(own->getValueType());
  }
  Constant *fields = ConstantStruct::getAnon(
      {makeCaller(kernel), memory, b.getInt64(bytes), b.getInt64(kernel.arg_size())});
  new GlobalVariable(module, fields->getType(), /*isConstant=*/true, GlobalValue::ExternalLinkage,
                     fields, "emulated_" + kernel.getName());
}

void prepare(Function &function, SmallVectorImpl<Function *> &kernels,
             const TargetMachine &machine) {
  CallingConv::ID convention = function.getCallingConv();
  if (convention == CallingConv::PTX_Kernel || convention == CallingConv::AMDGPU_KERNEL)
    kernels.push_back(&function);
  function.setCallingConv(CallingConv::C);
  function.addFnAttr("target-cpu", machine.getTargetCPU());
  function.addFnAttr("target-features", machine.getTargetFeatureString());
}

} // namespace

void retarget(Module &module, const TargetMachine &machine) {
  module.setTargetTriple(machine.getTargetTriple());
  module.setDataLayout(machine.createDataLayout());
  SmallVector<Function *> kernels;
  for (Function &function : make_early_inc_range(module)) {
    if (std::string name = emulatedName(function.getName()); !name.empty())
      makeFunction(function, name);
    else if (!function.isDeclaration())
      prepare(function, kernels, machine);
  }
  for (Function *kernel : kernels)
    addDescription(*kernel);
}

} // namespace cria::emulator
