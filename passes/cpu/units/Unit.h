//===- Unit.h - What multiplies -------------------------------*- C++ -*-===//
//
// A unit is a kind of instruction that multiplies and adds. Copies, blocks and loops are the same
// for all units; a unit says what one step does with vectors of its operands.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "dialect/Cria.h"
#include "dialect/base/Target.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace cria {

class IntegerUnit;
class TileUnit;

class Unit {
public:
  virtual ~Unit() = default;

  /// Its name in `#cria.schedule`.
  virtual llvm::StringRef name() const = 0;
  /// Elements of the reduction that 32 bits hold.
  virtual int64_t depth() const { return 1; }
  /// Whether `target` has it, and it multiplies rows of activations with rows of `element`.
  virtual bool matches(const TargetInfo &target, mlir::Type element) const = 0;
  /// Whether it multiplies the operands of `product`, whose weight it matches.
  virtual bool suits(LinearOp /*product*/) const { return true; }
  /// Whether it multiplies queries with keys, and weights with values, of a cache that it matches.
  virtual bool suits(AttendOp /*attention*/) const { return false; }
  /// What divides the outputs of a tile, and the fewest that are worth one.
  virtual int64_t outputs() const { return 1; }
  virtual int64_t leastOutputs() const { return 1; }
  /// This, if activations must be rounded to integers for it.
  virtual const IntegerUnit *asInteger() const { return nullptr; }
  /// This, if it multiplies tiles.
  virtual const TileUnit *asTiles() const { return nullptr; }
};

/// Sums are f32. Operands are vectors of words: 32 bits that hold one f32, or a pair of neighbours
/// along the reduction.
class FloatUnit : public Unit {
public:
  /// Turns a vector of depth() · n elements of an operand into n words, as vector<n x f32>.
  virtual mlir::Value words(mlir::ImplicitLocOpBuilder &b, mlir::Value elements) const = 0;
  /// sums + lhs · rhs in each lane.
  virtual mlir::Value multiply(mlir::ImplicitLocOpBuilder &b, mlir::Value sums, mlir::Value lhs,
                               mlir::Value rhs) const = 0;
};

/// Sums and operands are tiles, which have registers of their own: `side` rows of as many words, as
/// a FloatUnit makes them. A row of rhs is one word of each of `side` outputs.
class TileUnit : public Unit {
public:
  static constexpr int64_t side = 16, registers = 8;

  const TileUnit *asTiles() const override { return this; }
  /// The unit that makes the words, and multiplies rows that are too few for a tile.
  virtual const FloatUnit &ofVectors(const TargetInfo &target, mlir::Type element) const = 0;
  /// Sums of zero.
  virtual mlir::Value zero(mlir::ImplicitLocOpBuilder &b) const = 0;
  /// An operand, whose first word is at `at` of a buffer of words.
  virtual mlir::Value load(mlir::ImplicitLocOpBuilder &b, mlir::Value from,
                           mlir::ValueRange at) const = 0;
  /// sums + lhs · rhs
  virtual mlir::Value multiply(mlir::ImplicitLocOpBuilder &b, mlir::Value sums, mlir::Value lhs,
                               mlir::Value rhs) const = 0;
  virtual void store(mlir::ImplicitLocOpBuilder &b, mlir::Value sums, mlir::Value to,
                     mlir::ValueRange at) const = 0;
};

/// What integers there are among the quants of a storage.
struct Range {
  int64_t least, most;
};

/// Sums are i32, of a few products whose operands share a scale; both operands are bytes.
class IntegerUnit : public Unit {
public:
  /// The greatest magnitude of an integer of the activations.
  static constexpr int64_t greatest = 127;

  const IntegerUnit *asInteger() const override { return this; }
  /// Lanes of i32 in a vector of sums, where vectors have `most`; those of a group at most.
  virtual int64_t lanes(int64_t most) const = 0;
  /// The same where each lane is an output of its own, so that a group sets no limit.
  virtual int64_t outputLanes(int64_t most) const { return lanes(most); }
  /// What integers in `range` are kept as their distance from where many rows of activations use
  /// them, so that `sums` takes least for each.
  virtual int64_t base(Range /*range*/) const { return 0; }
  /// sums + Σ_i weights[i] · x[i], four neighbours to a lane. All vectors have four bytes to each
  /// lane of the sums, which are i32; the weights are in `range`.
  virtual mlir::Value add(mlir::ImplicitLocOpBuilder &b, mlir::Value sums,
                          llvm::ArrayRef<mlir::Value> weights, llvm::ArrayRef<mlir::Value> x,
                          Range range) const = 0;

  /// Rows of activations, each of as many vectors as the weights; all are made where they are used,
  /// by their number.
  struct Rows {
    size_t count;
    int64_t vectors;
    llvm::function_ref<mlir::Value(mlir::Value vector)> weights;
    llvm::function_ref<mlir::Value(size_t row, mlir::Value vector)> x;
    llvm::function_ref<mlir::Value(size_t row)> start; ///< what is added to
  };
  /// `add` for several rows of activations and the same weights.
  virtual llvm::SmallVector<mlir::Value> sums(mlir::ImplicitLocOpBuilder &b, const Rows &rows,
                                              Range range) const;
};

/// `value` as a number of the type of `like`, or in each lane of a vector like it.
mlir::Value constantLike(mlir::ImplicitLocOpBuilder &b, mlir::Value like, int64_t value);

/// All units, the fastest first.
llvm::ArrayRef<const Unit *> units();
/// The fastest for rows of `element`, of this name if one is given; else that of multiply-adds.
const Unit &unitFor(const TargetInfo &target, mlir::Type element, llvm::StringRef name = {});

extern const FloatUnit &fmaUnit, &x86DotBf16Unit, &armDotBf16Unit, &emulatedDotBf16Unit;
extern const TileUnit &amxBf16Unit;
extern const Unit &mmaBf16Unit, &mmaBf16x3Unit; // passes/gpu/units
extern const IntegerUnit &vnniDotInt8Unit, &avx2DotInt8Unit, &armDotInt8Unit, &emulatedDotInt8Unit;

} // namespace cria
