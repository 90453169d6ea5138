//===- Storage.h - Storages as element types --------------------*- C++ -*-===//
//
// How weights and caches are stored is their element type: f32, f16, bf16, or `!cria.block` of a
// storage whose neighbours share scales. Shapes are logical in any case; bytes follow from the
// storage.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "mlir/IR/BuiltinTypes.h"
#include "storage/Storage.h"

namespace cria {

/// Null for a type that is none, such as i32.
const storage::Storage *storageOf(mlir::Type element);
/// The element type for the storage of this id.
mlir::Type storageType(mlir::MLIRContext *context, int64_t id);
bool isBlock(mlir::Type element);
/// The same blocks with rows stored together, and how many `element` has so: 1 or
/// storage::packedRows.
mlir::Type packedType(mlir::Type element);
int64_t rowsTogether(mlir::Type element);
/// The blocks of activations that are rounded for products, and whether `element` is one.
mlir::Type roundedType(mlir::MLIRContext *context);
bool isRounded(mlir::Type element);

/// Whether `element` is of blocks that caches can be stored in: of those of files, the ones that
/// kernels can write.
bool isCacheBlock(mlir::Type element);
/// Whether `type` is a KV cache [G, S, E] whose rows are whole such blocks.
bool isQuantizedCache(mlir::Type type);

/// Bytes of `count` neighbours of a row.
int64_t bytesOf(mlir::Type element, int64_t count);

/// The same buffer as rows of bytes. Slices have whole rows; packed ones are one row of bytes.
mlir::MemRefType bytesType(mlir::MemRefType blocks);

} // namespace cria
