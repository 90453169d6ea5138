//===- StepCost.h - Cost of one call of an entry point ----------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace cria::report {

/// Bytes and operations of one call of `entry`: the sum over its kernels (over its ops, before
/// kernels are formed), each multiplied by the trip counts of the loops around it. Loops must have
/// constant bounds, as the loop over layers does.
Cost stepCost(mlir::func::FuncOp entry, Step step);

/// The most tokens that one call of `entry` takes: the bound of a dynamic dimension. 1 if none is
/// dynamic, or none has a bound.
std::int64_t mostTokens(mlir::func::FuncOp entry);

/// Number of times that one call of the function around `op` executes it: the product of the trip
/// counts of the loops around it, of which only the iterations count whose variant has it.
std::int64_t timesRun(mlir::Operation *op);

/// Number of `cria.kernel` ops that one call executes. Each is one function that is called.
std::int64_t kernelCount(mlir::func::FuncOp entry);

/// Bytes per call that one kernel writes and another reads: all traffic across kernel boundaries
/// except weights, cache rows, and arguments and results of `entry`. The residual stream that a
/// loop carries counts in every iteration.
std::int64_t intermediateBytes(mlir::func::FuncOp entry, Step step);

/// One step of tracing `value` to its origin: the tensor whose memory it shares; null if `value`
/// is the origin.
mlir::Value memoryBefore(mlir::Value value);

} // namespace cria::report
