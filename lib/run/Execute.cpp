//===- Execute.cpp - Runs a function as code or by its meaning ------------===//
#include "run/Execute.h"
#include "driver/Codegen.h"
#include "driver/Jit.h"
#include "reference/Interpreter.h"
#include "run/Lower.h"
#include "runtime/Team.h"
#include "support/Error.h"
#include "llvm/IR/IRBuilder.h"

using namespace mlir;

namespace cria::run {
namespace {

/// Adds a function that calls `callee` with arguments from an array of 8-byte slots, since how
/// many there are is not known when this is compiled.
std::string addCaller(llvm::Module &module, StringRef callee) {
  llvm::Function *function = module.getFunction(callee);
  llvm::LLVMContext &context = module.getContext();
  auto *pointer = llvm::PointerType::get(context, 0);
  auto *type = llvm::FunctionType::get(llvm::Type::getVoidTy(context), {pointer}, false);
  auto *caller =
      llvm::Function::Create(type, llvm::Function::ExternalLinkage, "cria_run_call", module);
  llvm::IRBuilder<> b(llvm::BasicBlock::Create(context, "", caller));
  llvm::SmallVector<llvm::Value *> arguments;
  for (auto [i, argument] : llvm::enumerate(function->args())) {
    llvm::Value *slot = b.CreateConstInBoundsGEP1_64(b.getInt64Ty(), caller->getArg(0), i);
    arguments.push_back(b.CreateLoad(argument.getType(), slot));
  }
  b.CreateCall(function, arguments);
  b.CreateRetVoid();
  function->setLinkage(llvm::Function::InternalLinkage);
  return caller->getName().str();
}

std::uint64_t slot(const void *pointer) { return reinterpret_cast<std::uint64_t>(pointer); }

} // namespace

std::vector<reference::Tensor> byReference(Entry &entry) {
  std::vector<reference::Value> arguments;
  for (const Entry::Argument &argument : entry.arguments()) {
    if (const auto *array = std::get_if<Array>(&argument))
      arguments.emplace_back(std::make_shared<reference::Tensor>(widen(*array)));
    else
      arguments.emplace_back(std::get<std::int64_t>(argument));
  }
  auto weight = [&](ParamOp op, std::int64_t layer) {
    auto found = llvm::find_if(entry.params(), [&](const Param &param) { return param.op == op; });
    return std::make_shared<reference::Tensor>(widen(found->tensors[std::size_t(layer)]));
  };
  std::vector<reference::Tensor> results;
  for (const reference::Value &value :
       reference::interpret(entry.func(), std::move(arguments), weight))
    results.push_back(*std::get<std::shared_ptr<reference::Tensor>>(value));
  return results;
}

std::vector<Array> byCode(Entry &entry, const Options &options) {
  std::vector<Array> results = entry.emptyResults();
  std::string name = entry.func().getName().str();
  // Compiled code writes to some of its arguments; the reference may still need them.
  std::vector<Entry::Argument> arguments = entry.arguments();
  std::vector<const void *> table;
  for (const Param &param : entry.params())
    for (const Array &tensor : param.tensors)
      table.push_back(tensor.bytes.data());
  std::vector<std::uint64_t> slots{0}; // the worker
  auto next = arguments.begin();
  for (Type type : entry.func().getArgumentTypes()) {
    if (isa<WeightsType>(type))
      slots.push_back(slot(static_cast<const void *>(table.data())));
    else if (auto *array = std::get_if<Array>(&*next++))
      slots.push_back(slot(array->bytes.data()));
    else
      slots.push_back(std::uint64_t(std::get<std::int64_t>(*(next - 1))));
  }
  for (Array &result : results)
    slots.push_back(slot(result.bytes.data()));

  driver::Target target = driver::makeTarget("native", "native");
  returnByArguments(entry.func());
  lower(entry.module(), options, target);
  auto bytesOf = [&](StringRef name) {
    return std::size_t(entry.module()->getAttrOfType<IntegerAttr>(name).getInt());
  };
  rt::Mapping workspace = rt::Mapping::zeros(bytesOf("cria.workspace_bytes"), "workspace");
  slots.insert(slots.end(), {slot(workspace.data()), 0}); // and the scratch memory
  rt::Team team(/*threads=*/1, bytesOf("cria.scratch_bytes"));

  auto context = std::make_unique<llvm::LLVMContext>();
  auto code = driver::translate(entry.module(), *context, target);
  std::string caller = addCaller(*code, name);
  driver::optimize(*code, target);
  driver::Jit jit(std::move(code), std::move(context), target);
  auto call = jit.lookup<void(const std::uint64_t *)>(caller);
  team.run([&](rt::Worker &worker, void *scratch) {
    slots.front() = slot(&worker);
    slots.back() = slot(scratch);
    call(slots.data());
  });
  return results;
}

} // namespace cria::run
