//===- Cria.h - The cria dialect --------------------------------*- C++ -*-===//
#pragma once
#include "dialect/base/Cost.h"
#include "dialect/base/Schedule.h"
#include "dialect/base/Storage.h"
#include "dialect/base/TileMap.h"
#include "dialect/interfaces/Interfaces.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/ValueBoundsOpInterface.h"

namespace cria {
// The declarations that upstream generates for AggregatedOpInterface use these unqualified.
using mlir::FailureOr;
using mlir::OpBuilder;
using mlir::SmallVector;
using mlir::Value;
} // namespace cria

#include "dialect/CriaDialect.h.inc"
#include "dialect/CriaEnums.h.inc"
#include "dialect/CriaInterfaces.h.inc"
#define GET_ATTRDEF_CLASSES
#include "dialect/CriaAttrs.h.inc"
#define GET_TYPEDEF_CLASSES
#include "dialect/CriaTypes.h.inc"
#define GET_OP_CLASSES
#include "dialect/CriaOps.h.inc"

namespace cria {

/// Where the weight table of a module has its parameters: one slot for each tensor of a name.
struct WeightSlots {
  llvm::StringMap<int64_t> first; ///< slot of tensor 0, by symbol
  int64_t count = 0;

  static WeightSlots of(mlir::ModuleOp module);
};

} // namespace cria
