//===- Codegen.cpp - From the LLVM dialect to machine code ----------------===//
#include "driver/Codegen.h"
#include "driver/ScratchFile.h"
#include "driver/gpu/Vendor.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "support/Error.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace cria::driver {

std::unique_ptr<Module> translate(mlir::Operation *module, LLVMContext &context,
                                  const Target &target) {
  std::unique_ptr<Module> llvmModule = mlir::translateModuleToLLVMIR(module, context, "cria");
  if (!llvmModule)
    throw Error("the LLVM dialect could not be translated to LLVM IR");
  llvmModule->setTargetTriple(target.machine->getTargetTriple());
  llvmModule->setDataLayout(target.machine->createDataLayout());
  // Code for another CPU may lie beside it.
  for (Function &function : *llvmModule)
    if (!function.isDeclaration()) {
      function.addFnAttr("target-cpu", target.machine->getTargetCPU());
      function.addFnAttr("target-features", target.machine->getTargetFeatureString());
    }
  if (target.vendor)
    target.vendor->prepare(*llvmModule, target);
  // Position-independent code, so that one object fits executables and shared libraries.
  if (target.machine->isPositionIndependent())
    llvmModule->setPICLevel(PICLevel::BigPIC);
  return llvmModule;
}

void optimize(Module &module, const Target &target) {
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager graphs;
  ModuleAnalysisManager modules;
  // What is worth it is vectorised and unrolled by then: LLVM would only add code.
  PipelineTuningOptions tuning;
  tuning.LoopVectorization = false;
  tuning.SLPVectorization = false;
  tuning.LoopUnrolling = false;
  PassBuilder builder(target.machine.get(), tuning);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(graphs);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, graphs, modules);
  builder.buildPerModuleDefaultPipeline(OptimizationLevel::O2).run(module, modules);
}

void generate(Module &module, const Target &target, CodeGenFileType kind, const std::string &path) {
  std::error_code error;
  raw_fd_ostream stream(path, error);
  if (error)
    throw Error(path + ": cannot write: " + error.message());
  legacy::PassManager manager;
  if (target.machine->addPassesToEmitFile(manager, stream, nullptr, kind))
    throw Error("LLVM cannot write this kind of file for " +
                target.machine->getTargetTriple().str());
  manager.run(module);
  stream.flush();
  error = stream.error();
  stream.clear_error();
  if (error)
    throw Error(path + ": cannot write: " + error.message());
}

std::string generateAssembly(Module &module, const Target &target) {
  ScratchFile file("s");
  generate(module, target, CodeGenFileType::AssemblyFile, file.path());
  return file.text();
}

} // namespace cria::driver
