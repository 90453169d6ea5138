//===- Weights.h - Parameters of the model that is emitted ------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "emit/Emit.h"

namespace cria::emit {

/// The weight table as a function sees it: the table itself and the layer that runs.
struct WeightScope {
  mlir::Value table;
  mlir::Value layer;      ///< null outside a repeat
  std::int64_t times = 1; ///< trips of the repeat
};

/// Declares a parameter at its first use and reads it in every function.
class Weights {
public:
  Weights(mlir::ModuleOp module, const spec::Model &model, const Options &options)
      : module(module), model(model), options(options) {}

  /// `name` is that of the checkpoint, with "{}" for the layer.
  mlir::Value read(mlir::OpBuilder &b, mlir::Location loc, const WeightScope &scope,
                   const std::string &name, llvm::ArrayRef<std::int64_t> shape);

private:
  mlir::StringAttr declare(mlir::Location loc, const std::string &name, mlir::RankedTensorType type,
                           std::int64_t times);

  mlir::ModuleOp module;
  const spec::Model &model;
  const Options &options;
  std::map<std::string, mlir::StringAttr> declared;
};

mlir::Type elementType(mlir::MLIRContext *context, spec::DType dtype);

} // namespace cria::emit
