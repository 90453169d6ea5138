//===- Unit.h - What multiplies -------------------------------*- C++ -*-===//
//
// A unit is a kind of instruction that multiplies and adds. Its operands are vectors of words: 32
// bits that hold one f32, or a pair of neighbours along the reduction. Copies, blocks and loops are
// the same for all units; a unit says how elements become words and what one step does with them.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "dialect/Cria.h"
#include "dialect/base/Target.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace cria {

class Unit {
public:
  virtual ~Unit() = default;

  /// Its name in `#cria.schedule`.
  virtual llvm::StringRef name() const = 0;
  /// Elements of the reduction that one word holds.
  virtual int64_t depth() const { return 1; }
  /// Whether `target` has it, and it multiplies f32 rows with rows of `element`.
  virtual bool matches(const TargetInfo &target, mlir::Type element) const = 0;
  /// Turns a vector of depth() · n elements of an operand into n words, as vector<n x f32>.
  virtual mlir::Value words(mlir::ImplicitLocOpBuilder &b, mlir::Value elements) const = 0;
  /// sums + lhs · rhs in each lane.
  virtual mlir::Value multiply(mlir::ImplicitLocOpBuilder &b, mlir::Value sums, mlir::Value lhs,
                               mlir::Value rhs) const = 0;
};

/// All units, the fastest first.
llvm::ArrayRef<const Unit *> units();
/// The fastest for rows of `element`, of this name if one is given; else that of multiply-adds.
const Unit &unitFor(const TargetInfo &target, mlir::Type element, llvm::StringRef name = {});

extern const Unit &fmaUnit, &x86DotBf16Unit, &armDotBf16Unit, &emulatedDotBf16Unit;

} // namespace cria
