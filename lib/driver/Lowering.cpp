//===- Lowering.cpp - From a model to LLVM IR -----------------------------===//
#include "driver/Lowering.h"
#include "driver/Codegen.h"
#include "driver/Schedule.h"
#include "support/Error.h"

using namespace mlir;

namespace cria::driver {
namespace {

emit::Options emitOptions(const Source &source, const Target &target) {
  emit::Options how;
  how.maxSeq = source.plan.max_seq;
  how.chunk = source.plan.chunk;
  how.kvDtype = *source.plan.cache;
  how.dtypes = source.dtypes;
  how.names = source.names;
  how.target = target.info;
  if (source.plan.products != "fast") // no units that round
    how.target.features.clear();
  return how;
}

} // namespace

const DialectRegistry &allDialects() {
  static const DialectRegistry *registry = [] {
    registerPasses();
    auto *made = new DialectRegistry;
    registerDialects(*made);
    return made;
  }();
  return *registry;
}

Lowering::Lowering(const Options &options, const Source &source, const Target &target)
    : options(options), source(source), target(target), mlirContext(allDialects()),
      emitted(emitOptions(source, target)) {
  theModule = emit::emitModel(mlirContext, source.model, emitted);
  params = paramRows(*theModule); // the last phase erases them
}

func::FuncOp Lowering::entry(StringRef name) { return theModule->lookupSymbol<func::FuncOp>(name); }

void Lowering::run(const Phase &phase, ArrayRef<StringRef> fusions,
                   function_ref<void(PassManager &)> watch) {
  PassManager manager(&mlirContext);
  if (failed(addPhase(manager, phase, llvm::errs(), fusions)))
    throw Error("phase " + phase.name.str() + ": its pipeline is not valid");
  if (watch)
    watch(manager);
  std::string said;
  ScopedDiagnosticHandler handler(&mlirContext, [&](Diagnostic &diagnostic) {
    if (said.empty())
      said = diagnostic.str();
  });
  if (failed(manager.run(*theModule)))
    throw Error(options.model + ": phase " + phase.name.str() + ": " + said);
  if (phase.name == "schedule" && !options.schedule.empty())
    applySchedules(*theModule, options.schedule);
}

std::unique_ptr<llvm::Module> Lowering::translate(llvm::LLVMContext &llvmContext) {
  return driver::translate(*theModule, llvmContext, target);
}

CodeFacts Lowering::codeFacts() const {
  CodeFacts code;
  code.cpu = target.cpu;
  code.features = target.features;
  auto bytesOf = [&](StringRef what) {
    return theModule.get()->getAttrOfType<IntegerAttr>(what).getInt();
  };
  code.workspaceBytes = bytesOf("cria.workspace_bytes");
  code.scratchBytes = bytesOf("cria.scratch_bytes");
  code.kernels = kernelRows(*theModule);
  return code;
}

Facts Lowering::facts() const {
  Facts facts;
  facts.params = params;
  facts.maxSeq = emitted.maxSeq;
  facts.chunk = emitted.chunk;
  facts.kvDtype = emitted.kvDtype;
  facts.cache = emit::cacheShape(source.model);
  facts.randomSeed = options.randomSeed;
  facts.embedWeights = options.embedWeights;
  return facts;
}

} // namespace cria::driver
