//===- Interpreter.h - IR run in f64 ----------------------------*- C++ -*-===//
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

/// Tensor `layer` of a parameter (0 if it is not repeated), as f64. Called once per use.
using WeightReader = std::function<std::shared_ptr<Tensor>(ParamOp, std::int64_t layer)>;

/// What one call of a kernel moves, each element once however often it is used: bytes.
struct Traffic {
  std::int64_t bytesRead = 0, bytesWritten = 0;
};
/// Called after each call of a kernel.
using TrafficObserver = std::function<void(KernelOp, const Traffic &)>;

/// Runs `func` on `arguments`, one for each of its arguments except the weight table. It
/// may be after the phases `model`, `fuse` or `loops`, or after any pass of these: all that is on
/// tensors. Throws cria::Error, naming the op, for an op
/// without a meaning here and for an index outside of its tensor.
std::vector<Value> interpret(mlir::func::FuncOp func, std::vector<Value> arguments,
                             const WeightReader &weights, const TrafficObserver &observer = {});

} // namespace cria::reference
