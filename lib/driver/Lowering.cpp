//===- Lowering.cpp - From a model to LLVM IR -----------------------------===//
#include "driver/Lowering.h"
#include "driver/Codegen.h"
#include "driver/Remarks.h"
#include "driver/Schedule.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "passes/cpu/units/Unit.h"
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
  how.packed = source.packed;
  how.names = source.names;
  how.target = target.info;
  if (source.plan.products != "fast") // no units that round
    llvm::erase_if(how.target.features,
                   [](const std::string &feature) { return feature != exactTensorCores; });
  return how;
}

/// Packed weights are for products of integers only.
void checkPacked(const Options &options, const Source &source, const TargetInfo &info,
                 const Target &target, MLIRContext &context) {
  context.getOrLoadDialect<CriaDialect>();
  for (const std::string &name : source.packed)
    for (spec::DType dtype : source.dtypes.at(name))
      if (!unitFor(info, storageType(&context, int64_t(dtype))).asInteger())
        throw Error(options.model + ": its matrices are packed for products of integers" +
                    (source.plan.products == "fast"
                         ? ", for which " + target.cpu + " has no instructions"
                         : ": compile it with --products=fast"));
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

Observer &Lowering::silent() {
  static Observer none;
  return none;
}

Lowering::Lowering(const Options &options, const Source &source, const Target &target,
                   Observer &observer)
    : options(options), source(source), target(target), observer(observer), steps(observer),
      mlirContext(allDialects()), emitted(emitOptions(source, target)),
      next(phases(target.info.backend).begin()) {
  observeRemarks(mlirContext, observer);
  checkPacked(options, source, emitted.target, target, mlirContext);
  Step step{"model", "emit", "the model as ops of the dialect"};
  inStage(observer, "emit", [&] {
    Stopwatch watch;
    theModule = emit::emitModel(mlirContext, source.model, emitted);
    step.seconds = watch.seconds();
  });
  params = paramRows(*theModule); // the last phase erases them
  steps.tell(step, *theModule);
}

func::FuncOp Lowering::entry(StringRef name) { return theModule->lookupSymbol<func::FuncOp>(name); }

void Lowering::run(ArrayRef<StringRef> fusions, StringRef last) {
  for (const Phase *end = findPhase(last, target.info.backend) + 1; next < end; ++next) {
    inStage(observer, next->name.str(), [&] { runPhase(*next, fusions); });
    if (next->name == "schedule")
      observer.scheduled(*this);
    if (next + 1 == phases(target.info.backend).end())
      observer.lowered(*this);
  }
}

void Lowering::run(ArrayRef<StringRef> fusions) {
  run(fusions, phases(target.info.backend).back().name);
}

void Lowering::runPhase(const Phase &phase, ArrayRef<StringRef> fusions) {
  std::string said;
  ScopedDiagnosticHandler handler(&mlirContext, [&](Diagnostic &diagnostic) {
    observer.diagnosed(diagnostic.str());
    if (said.empty())
      said = diagnostic.str();
  });
  if (failed(driver::runPhase(*theModule, phase, fusions, observer.readsIr() ? &steps : nullptr)))
    throw Error(options.model + ": phase " + phase.name.str() + ": " + said);
  if (phase.name == "schedule" && !options.schedule.empty())
    readSchedules();
}

void Lowering::readSchedules() {
  Stopwatch watch;
  applySchedules(*theModule, options.schedule);
  steps.tell(
      {"schedule", "read-schedules", "the schedules of the file of --schedule", watch.seconds()},
      *theModule);
}

std::unique_ptr<llvm::Module> Lowering::translate(llvm::LLVMContext &llvmContext) {
  Operation *module = *theModule;
  if (target.isGpu())
    module = *theModule->getOps<gpu::GPUModuleOp>().begin();
  return driver::translate(module, llvmContext, target);
}

std::unique_ptr<llvm::Module> Lowering::translateHost(llvm::LLVMContext &llvmContext,
                                                      const Target &host) {
  return driver::translate(*theModule, llvmContext, host);
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
