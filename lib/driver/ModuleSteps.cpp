//===- ModuleSteps.cpp - What passes make, as events ----------------------===//
#include "driver/ModuleSteps.h"
#include "mlir/IR/Threading.h"
#include "mlir/Pass/PassRegistry.h"

using namespace mlir;

namespace cria::driver {
namespace {

std::string printAlone(Operation *op) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  stream.SetBufferSize(1 << 16); // IR is printed a word at a time
  // A pass manager verifies what passes leave. Printing would do so once more each time.
  op->print(stream, OpPrintingFlags().useLocalScope().assumeVerified());
  stream.flush();
  return text;
}

/// `text` two columns to the right.
std::string indented(StringRef text) {
  std::string all;
  all.reserve(text.size() + text.size() / 8);
  for (StringRef line : llvm::split(text, '\n'))
    ((all += "  ") += line) += '\n';
  return all;
}

} // namespace

std::string print(ModuleOp module) {
  std::vector<Operation *> ops;
  for (Operation &op : *module.getBody())
    ops.push_back(&op);
  std::vector<std::string> texts(ops.size());
  parallelFor(module.getContext(), 0, ops.size(),
              [&](size_t i) { texts[i] = indented(printAlone(ops[i])); });
  OwningOpRef<Operation *> shell = module->cloneWithoutRegions();
  std::string all = printAlone(*shell);
  StringRef end = "}";
  assert(StringRef(all).ends_with(end));
  all.resize(all.size() - end.size());
  for (const std::string &text : texts)
    all += text;
  all += "}\n";
  return all;
}

void ModuleSteps::tell(Step step, ModuleOp module) {
  step.op = module;
  if (observer.readsIr()) {
    std::string text = print(module);
    step.changed = text != last;
    last = std::move(text);
    step.text = last;
  }
  observer.stepped(step);
}

namespace {

/// The name of the pass in `pipeline`, which has one.
StringRef nameIn(StringRef pipeline) {
  return pipeline.substr(pipeline.find('(') + 1).take_until([](char c) {
    return c == '{' || c == ')';
  });
}

} // namespace

LogicalResult runPhase(ModuleOp module, const Phase &phase, ArrayRef<StringRef> fusions,
                       ModuleSteps *steps) {
  if (!steps) {
    PassManager all(module.getContext());
    return success(succeeded(addPhase(all, phase, llvm::errs(), fusions)) &&
                   succeeded(all.run(module)));
  }
  for (const std::string &pass : passesOf(phase, fusions)) {
    PassManager one(module.getContext());
    Stopwatch watch;
    if (failed(parsePassPipeline(pass, one)) || failed(one.run(module)))
      return failure();
    double seconds = watch.seconds();
    const PassInfo *info = PassInfo::lookup(nameIn(pass));
    steps->tell({phase.name.str(), nameIn(pass).str(), info->getPassDescription().str(), seconds},
                module);
  }
  return success();
}

} // namespace cria::driver
