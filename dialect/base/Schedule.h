//===- Schedule.h - How a kernel is computed --------------------*- C++ -*-===//
#pragma once
#include "mlir/IR/OpImplementation.h"

namespace cria {

class ScheduleAttr;

/// The attribute that holds the schedule of a kernel that has become a function.
constexpr llvm::StringLiteral scheduleAttrName = "cria.schedule";

/// The schedule of the kernel that `op` is or is in: an op of a `cria.kernel`, or of a function
/// that `cria-outline-kernels` made of one. All defaults outside of kernels.
ScheduleAttr scheduleOf(mlir::Operation *op);

namespace detail {
llvm::FailureOr<llvm::SmallVector<int64_t>> parseSizes(mlir::AsmParser &parser);
void printSizes(mlir::AsmPrinter &printer, llvm::ArrayRef<int64_t> sizes);
} // namespace detail
} // namespace cria
