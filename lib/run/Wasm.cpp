//===- Wasm.cpp - Functions on tensors as WebAssembly ---------------------===//
#include "run/Wasm.h"
#include "dialect/Cria.h"
#include "driver/Codegen.h"
#include "driver/Lowering.h"
#include "driver/ScratchFile.h"
#include "driver/Wasm.h"
#include "run/Lower.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
namespace json = llvm::json;

namespace cria::run {
namespace {

std::string show(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

json::Object argument(const std::string &file, func::FuncOp func, Type type) {
  if (type.isIndex())
    return json::Object{{"type", "index"}};
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || !tensor.hasStaticShape())
    throw Error(file + ": @" + func.getName().str() + ": an argument is " + show(type) +
                "; tensors of static shape and indices can be given");
  return json::Object{{"type", show(tensor.getElementType())},
                      {"shape", json::Array(tensor.getShape())}};
}

/// Makes results arguments, and says what the arguments are.
json::Object describe(const std::string &file, func::FuncOp func) {
  json::Array arguments, results;
  for (unsigned result : returnInPlace(func))
    results.push_back(result);
  for (Type type : func.getArgumentTypes())
    arguments.push_back(argument(file, func, type));
  return json::Object{{"name", func.getName()},
                      {"arguments", std::move(arguments)},
                      {"results", std::move(results)}};
}

} // namespace

WasmFunctions compileWasm(StringRef text, const std::string &file) {
  MLIRContext context(driver::allDialects());
  auto module = parseText(text, file, context);
  json::Array functions;
  std::vector<std::string> names;
  for (auto func : module->getOps<func::FuncOp>())
    if (!func.isDeclaration()) {
      names.push_back(func.getName().str());
      functions.push_back(describe(file, func));
    }
  if (names.empty())
    throw Error(file + ": there is no function in it");
  Options options;
  options.file = file;
  driver::Target target = driver::makeTarget("wasm32", "native");
  lower(*module, options, target);

  llvm::LLVMContext llvmContext;
  auto code = driver::translate(*module, llvmContext, target);
  driver::completeWasm(*code, std::vector<StringRef>(names.begin(), names.end()));
  driver::optimize(*code, target);
  driver::ScratchFile object("o"), linked("wasm");
  driver::generate(*code, target, llvm::CodeGenFileType::ObjectFile, object.path());
  driver::linkWasm(object.path(), linked.path(), file);

  auto bytesOf = [&](StringRef what) {
    return (*module)->getAttrOfType<IntegerAttr>(what).getInt();
  };
  json::Object facts{{"workspace_bytes", bytesOf("cria.workspace_bytes")},
                     {"scratch_bytes", bytesOf("cria.scratch_bytes")},
                     {"functions", std::move(functions)}};
  std::string told;
  llvm::raw_string_ostream(told) << llvm::formatv("{0:2}", json::Value(std::move(facts))) << "\n";
  return {linked.text(), told};
}

} // namespace cria::run
