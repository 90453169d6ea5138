//===- AmxBf16.cpp - Products of tiles of bf16, summed in f32 -------------===//
//
// tdpbf16ps of AMX multiplies 16 rows of 16 pairs with 16 pairs of 16 outputs. Tiles of one size
// need one configuration, which LLVM loads where a function begins to use them.
//
//===----------------------------------------------------------------------===//
#include "mlir/Dialect/AMX/AMXDialect.h"
#include "passes/cpu/units/Unit.h"

using namespace mlir;

namespace cria {
namespace {

class AmxBf16 : public TileUnit {
public:
  StringRef name() const override { return "amx_bf16"; }
  int64_t depth() const override { return 2; }
  /// A row of a tile is a vector register of words.
  bool matches(const TargetInfo &target, Type element) const override {
    return target.has("amx-bf16") && target.lanes() == side && dot(target, element);
  }
  bool suits(LinearOp product) const override {
    return cast<ShapedType>(product.getX().getType()).getDimSize(0) != 1;
  }
  const FloatUnit &ofVectors(const TargetInfo &target, Type element) const override {
    return *dot(target, element);
  }

  Value zero(ImplicitLocOpBuilder &b) const override {
    return amx::TileZeroOp::create(b, sumsType(b));
  }
  Value load(ImplicitLocOpBuilder &b, Value from, ValueRange at) const override {
    auto type = amx::TileType::get({side, side * depth()}, b.getBF16Type());
    return amx::TileLoadOp::create(b, type, from, at);
  }
  Value multiply(ImplicitLocOpBuilder &b, Value sums, Value lhs, Value rhs) const override {
    return amx::TileMulFOp::create(b, sumsType(b), lhs, rhs, sums);
  }
  void store(ImplicitLocOpBuilder &b, Value sums, Value to, ValueRange at) const override {
    amx::TileStoreOp::create(b, to, at, sums);
  }

private:
  static amx::TileType sumsType(ImplicitLocOpBuilder &b) {
    return amx::TileType::get({side, side}, b.getF32Type());
  }
  /// Every CPU that has AMX for bf16 has it.
  static const FloatUnit *dot(const TargetInfo &target, Type element) {
    for (const FloatUnit *unit : {&x86DotBf16Unit, &emulatedDotBf16Unit})
      if (unit->matches(target, element))
        return unit;
    return nullptr;
  }
};

const AmxBf16 amxBf16;

} // namespace

const TileUnit &amxBf16Unit = amxBf16;

} // namespace cria
