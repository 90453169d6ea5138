//===- DotBf16.cpp - Products of pairs of bf16, summed in f32 -------------===//
//
// A word is a pair of neighbours along the reduction. Rows of a bf16 weight are pairs as they lie
// in memory; elements of lhs are rounded to bf16.
//
//===----------------------------------------------------------------------===//
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/X86Vector/X86VectorDialect.h"
#include "passes/cpu/units/Unit.h"

using namespace mlir;

namespace cria {
namespace {

class DotBf16 : public FloatUnit {
public:
  DotBf16(StringRef feature, ArrayRef<int64_t> lanes) noexcept : feature(feature), lanes(lanes) {}

  StringRef name() const override { return "dot_bf16"; }
  int64_t depth() const override { return 2; }
  bool matches(const TargetInfo &target, Type element) const override {
    return element.isBF16() && target.has(feature) &&
           (lanes.empty() || llvm::is_contained(lanes, target.lanes()));
  }
  Value words(ImplicitLocOpBuilder &b, Value elements) const override {
    auto type = cast<VectorType>(elements.getType());
    if (type.getElementType().isF32())
      elements = round(b, elements, type.clone(b.getBF16Type()));
    auto words = VectorType::get({type.getNumElements() / 2}, b.getF32Type());
    return vector::BitCastOp::create(b, words, elements);
  }
  Value multiply(ImplicitLocOpBuilder &b, Value sums, Value lhs, Value rhs) const override {
    return dot(b, sums, pairs(b, lhs), pairs(b, rhs));
  }

protected:
  virtual Value round(ImplicitLocOpBuilder &b, Value elements, VectorType type) const {
    return arith::TruncFOp::create(b, type, elements);
  }
  /// sums[i] + lhs[2i] · rhs[2i] + lhs[2i+1] · rhs[2i+1]
  virtual Value dot(ImplicitLocOpBuilder &b, Value sums, Value lhs, Value rhs) const = 0;

private:
  static Value pairs(ImplicitLocOpBuilder &b, Value words) {
    int64_t count = cast<VectorType>(words.getType()).getNumElements();
    return vector::BitCastOp::create(b, VectorType::get({2 * count}, b.getBF16Type()), words);
  }

  StringRef feature;
  ArrayRef<int64_t> lanes; ///< those that there is an instruction for; empty: any
};

/// vdpbf16ps
class X86Dot : public DotBf16 {
public:
  X86Dot() noexcept : DotBf16("avx512bf16", sizes) {}

private:
  static constexpr int64_t sizes[] = {4, 8, 16};
  Value dot(ImplicitLocOpBuilder &b, Value sums, Value lhs, Value rhs) const override {
    return x86vector::DotBF16Op::create(b, sums.getType(), sums, lhs, rhs);
  }
  /// vcvtne2ps2bf16, for two vectors of f32: arith.truncf becomes ten instructions. Both treat
  /// numbers as the dot does: those too small to be normal are 0.
  Value round(ImplicitLocOpBuilder &b, Value elements, VectorType type) const override {
    int64_t half = type.getNumElements() / 2;
    auto part = [&](int64_t from) -> Value {
      return vector::ExtractStridedSliceOp::create(b, elements, ArrayRef<int64_t>{from},
                                                   ArrayRef<int64_t>{half}, ArrayRef<int64_t>{1});
    };
    std::string name = "llvm.x86.avx512bf16.cvtne2ps2bf16." + std::to_string(half * 32);
    return LLVM::CallIntrinsicOp::create(b, type, b.getStringAttr(name),
                                         ValueRange{part(half), part(0)})
        .getResult(0);
  }
};

/// bfdot, which upstream's ArmNeon dialect does not have.
class ArmDot : public DotBf16 {
public:
  ArmDot() noexcept : DotBf16("bf16", sizes) {}

private:
  static constexpr int64_t sizes[] = {4};
  Value dot(ImplicitLocOpBuilder &b, Value sums, Value lhs, Value rhs) const override {
    return LLVM::CallIntrinsicOp::create(b, sums.getType(),
                                         b.getStringAttr("llvm.aarch64.neon.bfdot.v4f32.v8bf16"),
                                         ValueRange{sums, lhs, rhs})
        .getResult(0);
  }
};

/// The same with plain arithmetic. Tests describe machines that have it, to run what has no
/// instruction on theirs.
class EmulatedDot : public DotBf16 {
public:
  EmulatedDot() noexcept : DotBf16("emulated-dot-bf16", {}) {}

private:
  Value dot(ImplicitLocOpBuilder &b, Value sums, Value lhs, Value rhs) const override {
    auto pairs = cast<VectorType>(lhs.getType()).clone(b.getF32Type());
    auto widen = [&](Value value) { return arith::ExtFOp::create(b, pairs, value).getResult(); };
    Value products = arith::MulFOp::create(b, widen(lhs), widen(rhs));
    auto halves = vector::DeinterleaveOp::create(b, products);
    for (Value half : halves.getResults())
      sums = arith::AddFOp::create(b, sums, half);
    return sums;
  }
};

const X86Dot x86Dot;
const ArmDot armDot;
const EmulatedDot emulatedDot;

} // namespace

const FloatUnit &x86DotBf16Unit = x86Dot, &armDotBf16Unit = armDot,
                &emulatedDotBf16Unit = emulatedDot;

} // namespace cria
