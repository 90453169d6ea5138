//===- Lower.cpp - Functions on tensors through the phases ----------------===//
#include "run/Lower.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Parser/Parser.h"
#include "passes/Phases.h"
#include "run/Nesting.h"
#include "support/Error.h"

using namespace mlir;

namespace cria::run {
namespace {

/// "file:line:column: ", or nothing for a location without them.
std::string placeOf(Location loc) {
  auto place = loc->findInstanceOf<FileLineColLoc>();
  if (!place)
    return "";
  return place.getFilename().str() + ":" + std::to_string(place.getLine()) + ":" +
         std::to_string(place.getColumn()) + ": ";
}

/// The argument that `value` is made in by ops that write to what they are given, or null.
BlockArgument destination(Value value) {
  while (auto op = value.getDefiningOp<DestinationStyleOpInterface>())
    value = op.getTiedOpOperand(cast<OpResult>(value))->get();
  return dyn_cast<BlockArgument>(value);
}

} // namespace

void orThrow(MLIRContext &context, const std::string &what, function_ref<LogicalResult()> work) {
  std::string said;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    if (said.empty() && diagnostic.getSeverity() == DiagnosticSeverity::Error)
      said = placeOf(diagnostic.getLocation()) + diagnostic.str();
  });
  if (failed(work()))
    throw Error(what + said);
}

OwningOpRef<ModuleOp> parseText(StringRef text, const std::string &file, MLIRContext &context) {
  checkNesting(text, file);
  OwningOpRef<ModuleOp> module;
  orThrow(context, "", [&] {
    module = parseSourceString<ModuleOp>(text, &context, file);
    return success(bool(module));
  });
  return module;
}

void returnByArguments(func::FuncOp func) {
  auto back = cast<func::ReturnOp>(func.getBody().front().getTerminator());
  OpBuilder b(back);
  for (OpOperand &result : back->getOpOperands()) {
    Type type = result.get().getType();
    (void)func.insertArgument(func.getNumArguments(), type, {}, func.getLoc());
    result.set(linalg::CopyOp::create(b, back.getLoc(), result.get(), func.getArguments().back())
                   ->getResult(0));
  }
  // A private function may lose the results that are its own arguments.
  func.setPrivate();
}

std::vector<unsigned> returnInPlace(func::FuncOp func) {
  ValueRange results = func.getBody().front().getTerminator()->getOperands();
  std::vector<unsigned> arguments;
  if (!results.empty() && llvm::all_of(results, destination)) {
    for (Value result : results)
      arguments.push_back(destination(result).getArgNumber());
    func.setPrivate();
    return arguments;
  }
  for (unsigned i = 0; i < results.size(); ++i)
    arguments.push_back(func.getNumArguments() + i);
  returnByArguments(func);
  return arguments;
}

void lower(ModuleOp module, const Options &options, const driver::Target &target,
           driver::ModuleSteps *steps) {
  TargetInfo info = target.info;
  if (options.cores)
    info.cores = options.cores;
  info.describe(module);
  auto fusions = selectFusions(options.fuse, options.noFuse);
  for (const Phase &phase : phases().drop_front(findPhase(options.after) - phases().begin() + 1))
    orThrow(*module.getContext(), options.file + ": phase " + phase.name.str() + ": ",
            [&] { return driver::runPhase(module, phase, fusions, steps); });
}

} // namespace cria::run
