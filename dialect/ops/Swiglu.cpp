//===- Swiglu.cpp - Gated activations -------------------------------------===//
#include "dialect/ops/TensorBuilder.h"
#include "dialect/ops/Verify.h"
#include <numbers>

using namespace mlir;
using namespace cria;

//===----------------------------------------------------------------------===//
// Shared by all gates
//===----------------------------------------------------------------------===//

static LogicalResult verifyGated(GatedOpInterface op, StringRef constraint) {
  Value gate = op.getGate(), out = cast<DestinationStyleOpInterface>(*op).getDpsInits().front();
  if (failed(expectSameShape(op, constraint, "up", op.getUp(), "gate", gate)))
    return failure();
  return expectSameShape(op, constraint, "out", out, "gate", gate);
}

static TileMap tilesOfGated() {
  OperandTile each{{0}, {1}};
  return {{{0, 0}, {0, 1}}, {each, each, each}};
}

static Cost costOfGated(GatedOpInterface op, Step step) {
  Cost cost = cria::detail::operandBytes(op, step);
  cost.flops = op.getElementFlops() * cria::detail::elementsOf(op.getGate(), step);
  return cost;
}

static SmallVector<Value> decomposeGated(GatedOpInterface op, OpBuilder &builder) {
  TensorBuilder b(builder, op);
  Value out = cast<DestinationStyleOpInterface>(*op).getDpsInits().front();
  return {b.map({{op.getGate(), {0, 1}}, {op.getUp(), {0, 1}}}, out, [&](ValueRange in, Value) {
    return b.mul(op.emitActivation(b, b.getLoc(), in[0]), in[1]);
  })};
}

//===----------------------------------------------------------------------===//
// swiglu
//===----------------------------------------------------------------------===//

// Exponential, add, divide, and two multiplies.
int64_t SwigluOp::getElementFlops() { return 5; }

/// silu(z) = z / (1 + exp(-z))
Value SwigluOp::emitActivation(OpBuilder &b, Location loc, Value z) {
  Value one = arith::ConstantOp::create(b, loc, b.getF32FloatAttr(1));
  Value decay = math::ExpOp::create(b, loc, arith::NegFOp::create(b, loc, z));
  return arith::DivFOp::create(b, loc, z, arith::AddFOp::create(b, loc, one, decay));
}

LogicalResult SwigluOp::verify() { return verifyGated(*this, "swiglu_c1"); }
TileMap SwigluOp::getTileMap() { return tilesOfGated(); }
Cost SwigluOp::getCost(Step step) { return costOfGated(*this, step); }
FailureOr<SmallVector<Value>> SwigluOp::decomposeOperation(OpBuilder &b) {
  return decomposeGated(*this, b);
}

//===----------------------------------------------------------------------===//
// geglu
//===----------------------------------------------------------------------===//

// Error function, add, and four multiplies.
int64_t GegluOp::getElementFlops() { return 6; }

/// gelu(z) = z / 2 · (1 + erf(z / √2))
Value GegluOp::emitActivation(OpBuilder &b, Location loc, Value z) {
  auto f32 = [&](double value) {
    return arith::ConstantOp::create(b, loc, b.getF32FloatAttr(float(value)));
  };
  Value scaled = arith::MulFOp::create(b, loc, z, f32(std::numbers::sqrt2 / 2));
  Value sum = arith::AddFOp::create(b, loc, f32(1), math::ErfOp::create(b, loc, scaled));
  return arith::MulFOp::create(b, loc, arith::MulFOp::create(b, loc, z, f32(0.5)), sum);
}

LogicalResult GegluOp::verify() { return verifyGated(*this, "geglu_c1"); }
TileMap GegluOp::getTileMap() { return tilesOfGated(); }
Cost GegluOp::getCost(Step step) { return costOfGated(*this, step); }
FailureOr<SmallVector<Value>> GegluOp::decomposeOperation(OpBuilder &b) {
  return decomposeGated(*this, b);
}

//===----------------------------------------------------------------------===//
// reglu
//===----------------------------------------------------------------------===//

// Maximum and multiply.
int64_t RegluOp::getElementFlops() { return 2; }

/// relu(z) = max(z, 0)
Value RegluOp::emitActivation(OpBuilder &b, Location loc, Value z) {
  Value zero = arith::ConstantOp::create(b, loc, b.getF32FloatAttr(0));
  return arith::MaximumFOp::create(b, loc, z, zero);
}

LogicalResult RegluOp::verify() { return verifyGated(*this, "reglu_c1"); }
TileMap RegluOp::getTileMap() { return tilesOfGated(); }
Cost RegluOp::getCost(Step step) { return costOfGated(*this, step); }
FailureOr<SmallVector<Value>> RegluOp::decomposeOperation(OpBuilder &b) {
  return decomposeGated(*this, b);
}
