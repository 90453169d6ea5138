//===- Target.h - What lowering asks about the machine ----------*- C++ -*-===//
//
// The target is described by DLTI on the module (`dlti.target_system_spec`, device
// "CPU"); no pass holds a number of its own. Without a description, a small
// machine with 128-bit vectors is assumed.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"

namespace cria {

struct TargetInfo {
  int64_t vectorBits = 128;     ///< width of a vector register
  int64_t vectorRegisters = 16; ///< how many there are
  int64_t l1Bytes = 32 << 10;   ///< data cache of a core
  int64_t l2Bytes = 256 << 10;  ///< second-level cache of a core

  int64_t prefetchBytes = 8 << 10; ///< how far ahead a stream from memory is asked for

  int64_t cores = 1; ///< that run the program; only to have work for each of them

  /// The description on the module around `op`.
  static TargetInfo of(mlir::Operation *op);
  /// Puts this description on `module`.
  void describe(mlir::ModuleOp module) const;

  /// f32 elements of a vector register.
  int64_t lanes() const { return vectorBits / 32; }
  /// f32 lanes of a single reduction: four registers, enough independent sums to hide the
  /// latency of a multiply-add.
  int64_t reductionLanes() const { return 4 * lanes(); }

  /// Sums that are kept in registers when rows are multiplied with rows.
  struct Block {
    int64_t lhs, rhs; ///< rows of each side
  };
  /// As many as the registers hold besides one row of the smaller side and one operand.
  Block registerBlock() const;
};

} // namespace cria
