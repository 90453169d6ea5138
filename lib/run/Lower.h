//===- Lower.h - Functions on tensors through the phases --------*- C++ -*-===//
#pragma once
#include "driver/ModuleSteps.h"
#include "driver/Target.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "run/Options.h"

namespace cria::run {

/// Does `work`. If it fails, throws cria::Error: `what` and the first diagnostic, with file, line
/// and column.
void orThrow(mlir::MLIRContext &context, const std::string &what,
             llvm::function_ref<llvm::LogicalResult()> work);

/// The module that `text`, the content of `file`, is. Throws cria::Error.
mlir::OwningOpRef<mlir::ModuleOp> parseText(llvm::StringRef text, const std::string &file,
                                            mlir::MLIRContext &context);

/// Every result is copied to a last argument: compiled code returns nothing.
void returnByArguments(mlir::func::FuncOp func);
/// The same, but without copies if all results are made in arguments. Tells which argument each
/// result is.
std::vector<unsigned> returnInPlace(mlir::func::FuncOp func);

/// Runs the phases after `options.after`, for `target`. If `steps` is given, it is told of each
/// pass. Throws cria::Error.
void lower(mlir::ModuleOp module, const Options &options, const driver::Target &target,
           driver::ModuleSteps *steps = nullptr);

} // namespace cria::run
