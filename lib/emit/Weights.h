//===- Weights.h - Parameters of an emitted model ---------------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "emit/Emit.h"
#include "emit/Variants.h"

namespace cria::emit {

/// Access to weights within a function: the weight table and the current layer.
struct WeightScope {
  mlir::Value table;
  mlir::Value layer;       ///< null outside a repeat
  std::int64_t times = 1;  ///< iterations of the repeat
  std::int64_t sample = 0; ///< an iteration of those that the code is for
};

/// Declares each parameter at its first use, and emits reads of it.
class Weights {
public:
  Weights(mlir::ModuleOp module, const spec::Model &model, const Options &options)
      : module(module), model(model), options(options) {}

  /// `name` is the checkpoint name, with "{}" for the layer.
  mlir::Value read(mlir::OpBuilder &b, mlir::Location loc, const WeightScope &scope,
                   const std::string &name, llvm::ArrayRef<std::int64_t> shape);

  /// How the layers of `repeat` differ.
  Variants variants(const spec::Repeat &repeat) const;

private:
  mlir::StringAttr declare(mlir::Location loc, const std::string &name, spec::DType dtype,
                           mlir::RankedTensorType type, const WeightScope &scope);
  /// Layers whose tensor of this name is stored as that of `sample`; empty if all are.
  llvm::SmallVector<std::int64_t> layersLike(const std::string &name, std::int64_t sample) const;

  mlir::ModuleOp module;
  const spec::Model &model;
  const Options &options;
  std::map<std::pair<std::string, spec::DType>, mlir::StringAttr> declared;
};

mlir::Type elementType(mlir::MLIRContext *context, spec::DType dtype);

} // namespace cria::emit
