//===- StepCost.h - What one call of an entry point costs -------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace cria::report {

/// Bytes and operations of one call of `entry` with `context` tokens in the cache: its
/// kernels, or its ops before there are any, each as often as the loops around it run. Loops
/// must have constant bounds, as the loop over layers has.
Cost stepCost(mlir::func::FuncOp entry, std::int64_t context);

/// Kernels that one call runs.
std::int64_t kernelCount(mlir::func::FuncOp entry);

/// Bytes of one call that one kernel writes and another one reads: what crosses borders of
/// kernels and is neither a weight, nor rows of a cache, nor an argument or a result of
/// `entry`. The residual stream that a loop carries is an intermediate in every iteration.
std::int64_t intermediateBytes(mlir::func::FuncOp entry, std::int64_t context);

} // namespace cria::report
