//===- ModuleSteps.cpp - What passes make, as events ----------------------===//
#include "driver/ModuleSteps.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/Threading.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassRegistry.h"

using namespace mlir;

namespace cria::driver {
namespace {

/// Appends where the ops in `op` are to `ops`.
std::string printAlone(Operation *op, std::vector<OpLine> &ops) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  stream.SetBufferSize(1 << 16); // IR is printed a word at a time
  // What a phase leaves is verified. Printing would do so after each pass.
  AsmState::LocationMap places;
  AsmState state(op, OpPrintingFlags().useLocalScope().assumeVerified(), &places);
  op->print(stream, state);
  stream.flush();
  op->walk<WalkOrder::PreOrder>([&](Operation *inner) {
    auto place = places.find(inner);
    auto name = inner->getLoc()->findInstanceOf<NameLoc>();
    if (place != places.end())
      ops.push_back({place->second.first - 1, name ? name.getName().getValue() : ""});
  });
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

std::string print(ModuleOp module, std::vector<OpLine> *ops) {
  std::vector<Operation *> inside;
  for (Operation &op : *module.getBody())
    inside.push_back(&op);
  std::vector<std::string> texts(inside.size());
  std::vector<std::vector<OpLine>> places(inside.size());
  parallelFor(module.getContext(), 0, inside.size(),
              [&](size_t i) { texts[i] = indented(printAlone(inside[i], places[i])); });
  OwningOpRef<Operation *> shell = module->cloneWithoutRegions();
  std::vector<OpLine> first;
  std::string all = printAlone(*shell, first);
  StringRef end = "}";
  assert(StringRef(all).ends_with(end));
  all.resize(all.size() - end.size());
  int64_t line = llvm::count(all, '\n');
  for (auto [text, found] : llvm::zip_equal(texts, places)) {
    all += text;
    for (OpLine op : found)
      if (ops)
        ops->push_back({line + op.line, op.origin});
    line += llvm::count(text, '\n');
  }
  all += "}\n";
  return all;
}

void ModuleSteps::tell(Step step, ModuleOp module) {
  step.op = module;
  if (observer.readsIr()) {
    ops.clear();
    std::string text = print(module, &ops);
    step.changed = text != last;
    last = std::move(text);
    step.text = last;
    step.ops = ops;
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
    all.enableVerifier(false);
    return success(succeeded(addPhase(all, phase, llvm::errs(), fusions)) &&
                   succeeded(all.run(module)) && succeeded(verify(module)));
  }
  for (const std::string &pass : passesOf(phase, fusions)) {
    PassManager one(module.getContext());
    one.enableVerifier(false);
    Stopwatch watch;
    if (failed(parsePassPipeline(pass, one)) || failed(one.run(module)))
      return failure();
    double seconds = watch.seconds();
    const PassInfo *info = PassInfo::lookup(nameIn(pass));
    steps->tell({phase.name.str(), nameIn(pass).str(), info->getPassDescription().str(), seconds},
                module);
  }
  return verify(module);
}

} // namespace cria::driver
