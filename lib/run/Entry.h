//===- Entry.h - The function that is run -----------------------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "run/Array.h"
#include "run/Options.h"
#include <variant>

namespace cria::run {

/// A parameter of the module with one array per repetition.
struct Param {
  ParamOp op;
  std::vector<Array> tensors;
};

/// The text, one function of it, and all that it is run on.
class Entry {
public:
  /// Reads the text and the arrays. Throws cria::Error for faults of a file, UsageError
  /// where the command line does not fit the function.
  explicit Entry(const Options &options);

  mlir::MLIRContext &context() { return mlirContext; }
  mlir::ModuleOp module() { return *theModule; }
  mlir::func::FuncOp func() { return entry; }

  /// One per argument that is not the weight table.
  using Argument = std::variant<Array, std::int64_t>;
  const std::vector<Argument> &arguments() const { return given; }
  const std::vector<Param> &params() const { return weights; }
  /// Zeros of the types of the results.
  std::vector<Array> emptyResults();

private:
  void parse();
  void choose();
  void checkTypes();
  void readArguments();
  void readParams();

  const Options &options;
  mlir::MLIRContext mlirContext;
  mlir::OwningOpRef<mlir::ModuleOp> theModule;
  mlir::func::FuncOp entry;
  std::vector<Argument> given;
  std::vector<Param> weights;
};

} // namespace cria::run
