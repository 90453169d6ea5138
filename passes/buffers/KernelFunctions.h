//===- KernelFunctions.h - Kernels after they are functions -----*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace cria {

// The functions of include/cria/runtime/abi.h that compiled code calls.
inline constexpr llvm::StringLiteral nextName = "cria_team_next";
inline constexpr llvm::StringLiteral barrierName = "cria_team_barrier";
inline constexpr llvm::StringLiteral launchName = "cria_launch";

inline mlir::Type workerType(mlir::Builder &b) {
  return mlir::LLVM::LLVMPointerType::get(b.getContext());
}

/// Declares them.
void declareTeam(mlir::OpBuilder &b, mlir::Location loc);

/// Makes `func` known as that of a kernel, which LLVM must not inline: profilers show it.
void markKernel(mlir::func::FuncOp func);
bool isKernel(mlir::func::FuncOp func);

/// The number of tiles of each dimension of `grid`.
llvm::SmallVector<mlir::Value> gridExtents(mlir::ImplicitLocOpBuilder &b, mlir::scf::ForallOp grid);

/// The amount of abi.h that `cria-record-costs` has put on `kernel` as `name`; 0 if it has not run.
mlir::DenseI64ArrayAttr amountOf(KernelOp kernel, llvm::StringRef name);

} // namespace cria
