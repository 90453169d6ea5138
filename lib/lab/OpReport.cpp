//===- OpReport.cpp - What the compiler does to one op --------------------===//
#include "lab/OpReport.h"
#include "driver/CodeSteps.h"
#include "driver/Codegen.h"
#include "driver/Lowering.h"
#include "driver/Wasm.h"
#include "run/Lower.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace cria::lab {
namespace {

using driver::Step;

/// Keeps what changed the IR.
class Changes : public driver::Observer {
public:
  explicit Changes(report::Report &report) : report(report) {}

  bool readsIr() const override { return true; }
  void stepped(const Step &step) override {
    if (step.extension == "s") {
      assembly = report.addText("asm", code(step.text));
    } else if (step.changed) {
      report::Step kept{step.phase, step.pass, step.summary};
      kept.text = report.addText("mlir", step.text);
      steps.push_back(std::move(kept));
    }
  }

  report::Report &report;
  std::vector<report::Step> steps;
  std::size_t assembly = 0;

private:
  /// Instructions and their labels; directives of the assembler say nothing here.
  static std::string code(StringRef text) {
    std::string kept;
    for (StringRef line : llvm::split(text, '\n')) {
      StringRef word = line.ltrim();
      bool directive = word.starts_with(".") && !word.ends_with(":");
      if (!directive && !word.starts_with("#") && !word.empty())
        kept += line.rtrim().str() + "\n";
    }
    return kept;
  }
};

OwningOpRef<ModuleOp> parseAlone(StringRef text, const std::string &name, MLIRContext &context) {
  auto module = run::parseText(text, "ops.mlir", context);
  for (auto func : llvm::make_early_inc_range(module->getOps<func::FuncOp>()))
    if (func.getName() != name)
      func.erase();
  return module;
}

/// From the text to assembly for `target`.
void compile(StringRef text, const std::string &name, const driver::Target &target,
             Changes &changes) {
  MLIRContext context(driver::allDialects());
  auto module = parseAlone(text, name, context);
  driver::ModuleSteps steps(changes);
  steps.tell({"model", "text", "the op as a function"}, *module);
  run::returnInPlace(module->lookupSymbol<func::FuncOp>(name));
  steps.tell({"model", "results", "results become arguments"}, *module);
  run::Options options;
  options.file = name;
  run::lower(*module, options, target, &steps);
  llvm::LLVMContext llvmContext;
  auto code = driver::translate(*module, llvmContext, target);
  if (target.isWasm())
    driver::completeWasm(*code, {StringRef(name)});
  driver::optimize(*code, target);
  driver::Stopwatch watch;
  std::string assembly = driver::generateAssembly(*code, target);
  driver::tellAssembly(changes, assembly, watch.seconds());
}

} // namespace

OpReport reportOp(StringRef text, const std::string &name, report::Report &report) {
  Changes host(report), wasm(report);
  compile(text, name, driver::makeTarget("native", "native"), host);
  compile(text, name, driver::makeTarget("wasm32", "native"), wasm);
  return {name, std::move(host.steps), host.assembly, wasm.assembly};
}

} // namespace cria::lab
