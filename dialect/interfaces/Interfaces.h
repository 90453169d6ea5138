//===- Interfaces.h - Interfaces shared by all computing ops ----*- C++ -*-===//
//
// Implementations for Cria_ComputeOp (dialect/base/CriaBase.td): each upstream
// interface is implemented once, on top of `getTileMap` and destination passing.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "dialect/base/Cost.h"
#include "dialect/base/TileMap.h"
#include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/TilingInterface.h"

namespace cria::detail {
using OpFoldResults = llvm::ArrayRef<mlir::OpFoldResult>;

// Destination passing (Destination.cpp)
mlir::MutableOperandRange getInits(mlir::Operation *op, unsigned count);
llvm::LogicalResult inferFromInits(mlir::ValueRange inits,
                                   llvm::SmallVectorImpl<mlir::Type> &types);
void getEffects(
    mlir::Operation *op,
    llvm::SmallVectorImpl<mlir::SideEffects::EffectInstance<mlir::MemoryEffects::Effect>> &effects);
mlir::Speculation::Speculatability getSpeculatability(mlir::Operation *op);

// Sizes (Sizes.cpp)
/// Fails unless every dynamic dimension is the number of tokens, or `op` computes a tile, and if
/// operands are so large that costs would overflow.
llvm::LogicalResult verifySizes(mlir::Operation *op);

// Tiling (Tiling.cpp)
llvm::SmallVector<mlir::utils::IteratorType> getLoopIteratorTypes(mlir::Operation *op);
llvm::SmallVector<mlir::Range> getIterationDomain(mlir::Operation *op, mlir::OpBuilder &b);
mlir::FailureOr<mlir::TilingResult> getTiledImplementation(mlir::Operation *op, mlir::OpBuilder &b,
                                                           OpFoldResults offsets,
                                                           OpFoldResults sizes);
llvm::LogicalResult getResultTilePosition(mlir::Operation *op, mlir::OpBuilder &b, unsigned result,
                                          OpFoldResults offsets, OpFoldResults sizes,
                                          llvm::SmallVector<mlir::OpFoldResult> &resultOffsets,
                                          llvm::SmallVector<mlir::OpFoldResult> &resultSizes);
mlir::FailureOr<mlir::TilingResult> generateResultTileValue(mlir::Operation *op, mlir::OpBuilder &b,
                                                            unsigned result, OpFoldResults offsets,
                                                            OpFoldResults sizes);

// Bufferization (Bufferize.cpp)
bool readsBuffer(mlir::Operation *op, mlir::OpOperand &operand);
mlir::bufferization::AliasingValueList getAliasingValues(mlir::Operation *op,
                                                         mlir::OpOperand &operand);
llvm::LogicalResult bufferize(mlir::Operation *op, mlir::RewriterBase &rewriter,
                              const mlir::bufferization::BufferizationOptions &options,
                              mlir::bufferization::BufferizationState &state);

// Cost (Cost.cpp)
/// Sums of `getBytesRead` and `getBytesWritten` over the operands of `op`.
Cost operandBytes(mlir::Operation *op, Step step);
/// All bytes of an input, none of a destination.
int64_t bytesReadWhole(mlir::Operation *op, mlir::OpOperand &operand, Step step);
/// `size`, or the number of tokens if it is dynamic.
int64_t sizeOf(int64_t size, Step step);
/// Elements of a shaped value.
int64_t elementsOf(mlir::Value value, Step step);
/// Bytes of a value; 0 if it is a scalar.
int64_t bytesOf(mlir::Value value, Step step);
/// Bytes of a shaped value if dimension `dim` had size `rows`.
int64_t bytesOfRows(mlir::Value value, unsigned dim, int64_t rows, Step step);
/// Bytes of `value`, [T, H, S], where only `pairs` of a token and a row matter, for all heads.
int64_t bytesOfPairs(mlir::Value value, int64_t pairs);
} // namespace cria::detail
