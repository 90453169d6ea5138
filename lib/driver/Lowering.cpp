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
    : source(source), target(target), name(options.model), schedules(options.schedule),
      mlirContext(allDialects()), emitted(emitOptions(source, target)) {
  theModule = emit::emitModel(mlirContext, source.model, emitted);
  facts.params = paramRows(*theModule);
  facts.maxSeq = emitted.maxSeq;
  facts.chunk = emitted.chunk;
  facts.kvDtype = emitted.kvDtype;
  facts.cache = emit::cacheShape(source.model);
  facts.randomSeed = options.randomSeed;
  facts.cpu = target.cpu;
  facts.features = target.features;
  facts.embedWeights = options.embedWeights;
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
    throw Error(name + ": phase " + phase.name.str() + ": " + said);
  if (phase.name == "schedule" && !schedules.empty())
    applySchedules(*theModule, schedules);
}

LlvmCode Lowering::toLlvm() {
  auto bytesOf = [&](StringRef what) {
    return (*theModule)->getAttrOfType<IntegerAttr>(what).getInt();
  };
  facts.workspaceBytes = bytesOf("cria.workspace_bytes");
  facts.scratchBytes = bytesOf("cria.scratch_bytes");
  facts.kernels = kernelRows(*theModule);
  LlvmCode code{std::make_unique<llvm::LLVMContext>(), nullptr};
  code.module = translate(*theModule, *code.context, target);
  addDescriptor(*code.module, source, facts);
  return code;
}

} // namespace cria::driver
