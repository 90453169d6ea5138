//===- Placement.h - Buffers at offsets of one block of memory --*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"

namespace cria {

/// Buffers placed one after the other. Each begins at a cache line, which is also the widest
/// vector.
class Placement {
public:
  /// Bytes of the buffer of `alloc`, a memref.alloc or memref.alloca, in whole cache lines. A
  /// dynamic size must have a static upper bound, for which space is reserved; none if it has none,
  /// or is too large.
  static std::optional<int64_t> bytesOf(mlir::Operation *alloc);
  /// Places the buffer of `alloc`. Fails, with an error that says that it cannot be placed in
  /// `where`, if its bytes are not known.
  llvm::LogicalResult add(mlir::Operation *alloc, llvm::StringRef where);
  /// Bytes of all buffers.
  int64_t bytes() const { return end; }
  /// Replaces each allocation by a view of `memory`, a buffer of at least `bytes()` bytes.
  void replace(mlir::Value memory);

private:
  struct Place {
    mlir::Operation *alloc;
    int64_t begin;
  };
  llvm::SmallVector<Place> places;
  int64_t end = 0;
};

} // namespace cria
