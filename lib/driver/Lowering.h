//===- Lowering.h - From a model to LLVM IR ---------------------*- C++ -*-===//
#pragma once
#include "driver/Descriptor.h"
#include "driver/ModuleSteps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Pass/PassManager.h"
#include "passes/Phases.h"

namespace cria::driver {

/// All dialects of models and of their lowering. The passes of the phases are registered too.
const mlir::DialectRegistry &allDialects();

/// A module and its context.
struct LlvmCode {
  std::unique_ptr<llvm::LLVMContext> context;
  std::unique_ptr<llvm::Module> module;
};

/// One module of IR: emitted from a source, lowered phase by phase, and translated to LLVM IR.
/// criac, cria-study and cria-bench all lower models through this class, which tells an observer
/// what it does.
class Lowering {
public:
  /// Emits the model. `options` say what the code carries besides it. All four must outlive
  /// this. Throws cria::Error.
  Lowering(const Options &options, const Source &source, const Target &target,
           Observer &observer = silent());

  mlir::MLIRContext &context() { return mlirContext; }
  mlir::ModuleOp module() { return *theModule; }
  /// The options that the model was emitted with.
  const emit::Options &how() const { return emitted; }
  /// An entry point: prefill, decode or head.
  mlir::func::FuncOp entry(llvm::StringRef name);

  /// Runs the phases after those that were run, through the one called `last`, with these fusions;
  /// the phase `schedule` also reads the file of schedules that the options name. Throws
  /// cria::Error.
  void run(llvm::ArrayRef<llvm::StringRef> fusions, llvm::StringRef last);
  /// Runs all that are left.
  void run(llvm::ArrayRef<llvm::StringRef> fusions);
  /// LLVM IR of the code for the target, on a GPU that of its kernels, after all phases. Throws
  /// cria::Error.
  std::unique_ptr<llvm::Module> translate(llvm::LLVMContext &llvmContext);
  /// LLVM IR of the entry points of code for a GPU, which run on `host`. Throws cria::Error.
  std::unique_ptr<llvm::Module> translateHost(llvm::LLVMContext &llvmContext, const Target &host);
  const Target &machine() const { return target; }
  /// What the descriptor says of that code.
  CodeFacts codeFacts() const;
  /// What the descriptor says besides, without variants.
  Facts facts() const;

private:
  static Observer &silent();
  void runPhase(const Phase &phase, llvm::ArrayRef<llvm::StringRef> fusions);
  void readSchedules();

  const Options &options;
  const Source &source;
  const Target &target;
  Observer &observer;
  ModuleSteps steps;
  mlir::MLIRContext mlirContext;
  mlir::OwningOpRef<mlir::ModuleOp> theModule;
  emit::Options emitted;
  std::vector<ParamRow> params;
  const Phase *next; ///< of those for the target
};

} // namespace cria::driver
