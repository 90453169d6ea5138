//===- Weights.h - Parameters of an emitted model ---------------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "emit/Emit.h"

namespace cria::emit {

/// Access to weights within a function: the weight table and the current layer.
struct WeightScope {
  mlir::Value table;
  mlir::Value layer;      ///< null outside a repeat
  std::int64_t times = 1; ///< iterations of the repeat
};

/// Declares each parameter at its first use, and emits reads of it.
class Weights {
public:
  Weights(mlir::ModuleOp module, const spec::Model &model, const Options &options)
      : module(module), model(model), options(options) {}

  /// `name` is the checkpoint name, with "{}" for the layer.
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
