//===- ModuleSteps.cpp - What passes make, as events ----------------------===//
#include "driver/ModuleSteps.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/Threading.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassRegistry.h"

using namespace mlir;

namespace cria::driver {
namespace {

/// An op in the module with all in it, in text and in numbers.
struct Part {
  std::string text;
  std::vector<OpLine> ops;
  llvm::DenseMap<OperationName, int64_t> counts;
};

Part printAlone(Operation *op) {
  Part part;
  llvm::raw_string_ostream stream(part.text);
  stream.SetBufferSize(1 << 16); // IR is printed a word at a time
  // What a phase leaves is verified. Printing would do so after each pass.
  AsmState::LocationMap places;
  AsmState state(op, OpPrintingFlags().useLocalScope().assumeVerified(), &places);
  op->print(stream, state);
  stream.flush();
  llvm::DenseMap<Location, StringRef> names; // many ops have the same location
  part.ops.reserve(places.size());
  op->walk<WalkOrder::PreOrder>([&](Operation *inner) {
    ++part.counts[inner->getName()];
    auto place = places.find(inner);
    if (place == places.end())
      return;
    auto [name, isNew] = names.try_emplace(inner->getLoc());
    if (isNew)
      if (auto found = inner->getLoc()->findInstanceOf<NameLoc>())
        name->second = found.getName().getValue();
    part.ops.push_back({place->second.first - 1, name->second});
  });
  return part;
}

/// `text` two columns to the right.
std::string indented(StringRef text) {
  std::string all;
  all.reserve(text.size() + text.size() / 8);
  for (StringRef line : llvm::split(text, '\n'))
    ((all += "  ") += line) += '\n';
  return all;
}

void add(Printed &all, const Part &part) {
  for (OpLine op : part.ops)
    all.ops.push_back({all.lines + op.line, op.origin});
  for (auto [name, count] : part.counts)
    all.counts[name.getDialectNamespace().str()] += count;
  all.lines += llvm::count(part.text, '\n');
  all.text += part.text;
}

} // namespace

Printed print(ModuleOp module) {
  std::vector<Operation *> inside;
  for (Operation &op : *module.getBody())
    inside.push_back(&op);
  std::vector<Part> parts(inside.size());
  parallelFor(module.getContext(), 0, inside.size(), [&](size_t i) {
    parts[i] = printAlone(inside[i]);
    parts[i].text = indented(parts[i].text);
  });
  OwningOpRef<Operation *> shell = module->cloneWithoutRegions();
  Part around = printAlone(*shell);
  StringRef end = "}";
  assert(StringRef(around.text).ends_with(end));
  around.text.resize(around.text.size() - end.size());
  Printed all;
  add(all, around);
  for (const Part &part : parts)
    add(all, part);
  all.text += "}\n";
  return all;
}

void ModuleSteps::tell(Step step, ModuleOp module) {
  if (observer.readsIr()) {
    Printed now = print(module);
    step.changed = now.text != last.text;
    last = std::move(now);
    step.text = last.text;
    step.ops = last.ops;
    step.counts = &last.counts;
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
