//===- ExpandMath.cpp - Functions as instructions -------------------------===//
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "passes/Passes.h"
#include <numbers>

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_EXPANDMATHPASS
#include "passes/Passes.h.inc"

namespace {

/// Ops that LLVM has an intrinsic for.
constexpr std::pair<StringLiteral, StringLiteral> intrinsics[] = {
    {"math.sqrt", "llvm.sqrt"},         {"math.fma", "llvm.fma"},
    {"math.floor", "llvm.floor"},       {"math.absf", "llvm.fabs"},
    {"math.copysign", "llvm.copysign"}, {"math.roundeven", "llvm.roundeven"},
    {"arith.maxnumf", "llvm.maxnum"},   {"arith.minnumf", "llvm.minnum"}};

/// Sines and cosines of an f64.
class Circle {
public:
  Circle(ImplicitLocOpBuilder &b, Value angle) : b(b) {
    // The fractional rest of quarters of a turn; the second part of π / 2 is what its f64 lacks.
    constexpr double quarter = std::numbers::pi / 2, rest = 6.123233995736766e-17;
    Value quarters = math::FloorOp::create(b, fma(angle, number(1 / quarter), number(0.5)));
    Value less = arith::NegFOp::create(b, quarters);
    x = fma(less, number(rest), fma(less, number(quarter), angle));
    square = arith::MulFOp::create(b, x, x);
    quadrant = arith::FPToSIOp::create(b, b.getI64Type(), quarters);
  }

  Value sine() { return at(quadrant); }
  Value cosine() { return at(arith::AddIOp::create(b, quadrant, integer(1))); }

private:
  Value number(double value) { return arith::ConstantOp::create(b, b.getF64FloatAttr(value)); }
  Value integer(int64_t value) { return arith::ConstantIntOp::create(b, b.getI64Type(), value); }
  Value fma(Value x, Value y, Value z) { return math::FmaOp::create(b, x, y, z); }

  /// The sum of the terms x^n / n! with alternating signs, without the x of odd n: n = `first`,
  /// first + 2, … up to the one below the last place.
  Value series(int first) {
    constexpr int terms = 9;
    double factorials[terms], factorial = 1;
    for (int i = 0; i < terms; ++i) {
      factorials[i] = factorial;
      int n = first + 2 * i;
      factorial *= -double(n + 1) * (n + 2);
    }
    Value sum = number(1 / factorials[terms - 1]);
    for (int i = terms - 1; i-- > 0;)
      sum = fma(sum, square, number(1 / factorials[i]));
    return sum;
  }

  Value at(Value turns) {
    auto bit = [&](int64_t which) -> Value {
      Value found = arith::AndIOp::create(b, turns, integer(which));
      return arith::CmpIOp::create(b, arith::CmpIPredicate::ne, found, integer(0));
    };
    Value odd = arith::MulFOp::create(b, x, series(1));
    Value value = arith::SelectOp::create(b, bit(1), series(0), odd);
    Value negative = arith::NegFOp::create(b, value);
    return arith::SelectOp::create(b, bit(2), negative, value);
  }

  ImplicitLocOpBuilder &b;
  Value x, square, quadrant;
};

void expandSines(Operation *root) {
  root->walk([](Operation *op) {
    if (!isa<math::SinOp, math::CosOp>(op) || !op->getResult(0).getType().isF64())
      return;
    ImplicitLocOpBuilder b(op->getLoc(), op);
    Circle circle(b, op->getOperand(0));
    op->getResult(0).replaceAllUsesWith(isa<math::SinOp>(op) ? circle.sine() : circle.cosine());
    op->erase();
  });
}

struct ExpandMath : impl::ExpandMathPassBase<ExpandMath> {
  void runOnOperation() override {
    expandSines(getOperation());
    auto result = getOperation().walk([](Operation *op) -> WalkResult {
      for (auto [name, intrinsic] : intrinsics)
        if (op->getName().getStringRef() == name) {
          OpBuilder b(op);
          auto call = LLVM::CallIntrinsicOp::create(b, op->getLoc(), op->getResult(0).getType(),
                                                    b.getStringAttr(intrinsic), op->getOperands());
          op->replaceAllUsesWith(call);
          op->erase();
          return WalkResult::advance();
        }
      if (isa<math::MathDialect>(op->getDialect()))
        return op->emitOpError("has no instruction on a GPU");
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};

} // namespace
} // namespace cria
