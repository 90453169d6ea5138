//===- Interpreter.h - A model phase run in f64 -----------------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "reference/Tensor.h"
#include <functional>
#include <memory>
#include <variant>

namespace cria::reference {

/// Tensors are shared until one of their users writes.
using Value = std::variant<std::shared_ptr<Tensor>, std::int64_t, double>;

/// Tensor `layer` of a parameter (0 if it is not repeated), as f64. Called each time it is used.
using WeightReader = std::function<std::shared_ptr<Tensor>(ParamOp, std::int64_t layer)>;

/// Runs `func`, whose first argument is the weight table and whose ops are those of the model
/// phase, on the other arguments. Throws cria::Error for an op that has no meaning here.
std::vector<Value> interpret(mlir::func::FuncOp func, std::vector<Value> arguments,
                             const WeightReader &weights);

} // namespace cria::reference
