//===- Wasm.cpp - Models as WebAssembly modules ---------------------------===//
#include "driver/Wasm.h"
#include "cria/runtime/abi.h"
#include "driver/Output.h"
#include "driver/RunTool.h"
#include "driver/WasmHalf.h"
#include "passes/buffers/KernelFunctions.h"
#include "storage/Storage.h"
#include "support/Error.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace cria::driver {
namespace {

/// The body of a function that code declares if it has a grid.
IRBuilder<> define(Function &function) {
  function.setLinkage(GlobalValue::InternalLinkage);
  function.addFnAttr(Attribute::AlwaysInline);
  return IRBuilder<>(BasicBlock::Create(function.getContext(), "entry", &function));
}

/// One thread: tiles come in their order, and a kernel begins with the first.
void defineTeam(Module &module) {
  if (Function *next = module.getFunction(nextName)) {
    IRBuilder<> b = define(*next);
    llvm::Value *tile = b.CreateLoad(b.getInt64Ty(), next->getArg(0));
    b.CreateStore(b.CreateAdd(tile, b.getInt64(1)), next->getArg(0));
    b.CreateRet(tile);
  }
  if (Function *barrier = module.getFunction(barrierName)) {
    IRBuilder<> b = define(*barrier);
    b.CreateStore(b.getInt64(0), barrier->getArg(0));
    b.CreateRetVoid();
  }
}

/// The greater, where a NaN loses: sums of maxima begin with one.
llvm::Value *greater(IRBuilder<> &b, llvm::Value *lhs, llvm::Value *rhs) {
  llvm::Value *both = b.CreateIntrinsic(Intrinsic::maximum, {lhs->getType()}, {lhs, rhs});
  llvm::Value *orRight = b.CreateSelect(b.CreateFCmpUNO(lhs, lhs), rhs, both);
  return b.CreateSelect(b.CreateFCmpUNO(rhs, rhs), lhs, orRight);
}

/// The same by instructions of WebAssembly, for what LLVM would call the C library for; or null.
llvm::Value *inInstructions(IntrinsicInst &call) {
  IRBuilder<> b(&call);
  auto of = [&](unsigned i) { return call.getArgOperand(i); };
  switch (call.getIntrinsicID()) {
  case Intrinsic::fma: // the sum may be rounded after the product
    return b.CreateIntrinsic(Intrinsic::fmuladd, {call.getType()}, {of(0), of(1), of(2)});
  case Intrinsic::maxnum:
    return greater(b, of(0), of(1));
  case Intrinsic::vector_reduce_fmax: // of numbers, or else of a model that has gone wrong
    return b.CreateIntrinsic(Intrinsic::vector_reduce_fmaximum, {of(0)->getType()}, {of(0)});
  default:
    return nullptr;
  }
}

void avoidLibrary(Module &module) {
  for (Function &function : module)
    for (Instruction &op : make_early_inc_range(instructions(function)))
      if (auto *call = dyn_cast<IntrinsicInst>(&op))
        if (llvm::Value *same = inInstructions(*call)) {
          call->replaceAllUsesWith(same);
          call->eraseFromParent();
        }
  expandHalf(module);
}

std::string findLinker() {
  std::string found = findTool({"wasm-ld-22", "wasm-ld"});
  if (!found.empty())
    return found;
  throw Error("--emit=wasm: wasm-ld of lld is needed to link, and is not here; "
              "--emit=obj needs none");
}

json::Array params(ArrayRef<ParamRow> rows) {
  json::Array all;
  for (const ParamRow &row : rows)
    all.push_back(json::Object{{"name", row.name},
                               {"storage", StringRef(storage::storageOf(row.dtype).word)},
                               {"shape", json::Array(ArrayRef(row.shape, size_t(row.rank)))},
                               {"count", row.count},
                               {"first", row.first},
                               {"layer", row.layer}});
  return all;
}

} // namespace

void completeWasm(Module &module, ArrayRef<StringRef> exported) {
  defineTeam(module);
  avoidLibrary(module);
  hideFunctions(module);
  for (StringRef name : exported) {
    Function *entry = module.getFunction(name);
    entry->setLinkage(GlobalValue::ExternalLinkage);
    entry->addFnAttr("wasm-export-name", name);
  }
}

void linkWasm(const std::string &object, const std::string &result, const std::string &name) {
  TemporaryFile messages(name), imports(name);
  // These are those of whoever runs the module.
  writeFile(imports, "sin\ncos\n");
  std::string linker = findLinker();
  std::string allowed = "--allow-undefined-file=" + imports.path();
  StringRef command[] = {linker,        object,          "-o",
                         result,        "--no-entry",    "--export=__heap_base",
                         "--strip-all", "--stack-first", allowed};
  if (auto why = runTool(command, messages.path()))
    throw Error(name + ": linking failed: " + *why);
}

std::string wasmFacts(const Source &source, const Facts &facts) {
  const auto &embed = std::get<spec::Embed>(source.model.nodes.front());
  const CodeFacts &code = facts.variants.front();
  json::Object all{
      {"abi_version", CRIA_ABI_VERSION},
      {"name", source.model.name},
      {"vocab", embed.vocab},
      {"hidden", embed.hidden},
      {"layers", facts.cache.layers},
      {"kv_heads", facts.cache.kvHeads},
      {"head_dim", facts.cache.headDim},
      {"max_seq", facts.maxSeq},
      {"kv_row_bytes", storage::storageOf(int64_t(facts.kvDtype)).bytesOf(facts.cache.headDim)},
      {"chunk", facts.chunk},
      {"bos", source.bos},
      {"eos", json::Array(source.eos)},
      {"workspace_bytes", code.workspaceBytes},
      {"scratch_bytes", code.scratchBytes},
      {"weight_slots", facts.weightSlots()},
      {"params", params(facts.params)}};
  std::string text;
  raw_string_ostream(text) << formatv("{0:2}", json::Value(std::move(all))) << "\n";
  return text;
}

} // namespace cria::driver
