//===- MmaBf16.cpp - Tensor cores that multiply bf16 ----------------------===//
//
// Matrices of 16 x 16 and 16 x 8 numbers of bf16, summed in f32. An activation of f32 is rounded to
// one of them, or is exactly the sum of three, as is a weight that has more bits; see
// passes/gpu/TensorProduct.h.
//
//===----------------------------------------------------------------------===//
#include "passes/cpu/units/Unit.h"
#include "passes/gpu/TensorProduct.h"

using namespace mlir;

namespace cria {
namespace {

class MmaBf16 : public Unit {
public:
  MmaBf16(const char *name, StringRef feature, bool splits) noexcept
      : own(name), feature(feature), splits(splits) {}

  StringRef name() const override { return own; }
  bool matches(const TargetInfo &target, Type element) const override {
    bool known = splits ? TensorForm::multiplies(element) : element.isBF16();
    return target.backend == Backend::gpu && known && target.has(feature);
  }
  bool suits(LinearOp product) const override {
    auto weight = cast<ShapedType>(product.getWeight().getType());
    return cast<ShapedType>(product.getX().getType()).getDimSize(0) != 1 &&
           weight.getDimSize(0) % TensorForm::fragmentColumns == 0 &&
           weight.getDimSize(1) % TensorForm::stepOf(weight.getElementType()) == 0;
  }
  bool suits(AttendOp attention) const override {
    return cast<ShapedType>(attention.getQ().getType()).getDimSize(0) != 1 &&
           !isBlock(getElementTypeOrSelf(attention.getKeys()));
  }
  int64_t outputs() const override { return TensorForm::fragmentColumns; }
  int64_t leastOutputs() const override { return TensorProduct::mostColumns; }

private:
  StringRef own, feature;
  bool splits; ///< numbers of more bits, which are sums of several
};

constexpr StringLiteral roundingTensorCores = "mma-bf16";
const MmaBf16 rounded("mma_bf16", roundingTensorCores, /*splits=*/false),
    exact("mma_bf16x3", exactTensorCores, /*splits=*/true);

} // namespace

const Unit &mmaBf16Unit = rounded, &mmaBf16x3Unit = exact;

} // namespace cria
