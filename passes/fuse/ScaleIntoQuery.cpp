//===- ScaleIntoQuery.cpp - The softmax scale as a factor of a linear --*- C++ -*-===//
#include "passes/Passes.h"
#include "passes/fuse/Fuser.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_SCALEINTOQUERYPASS
#include "passes/Passes.h.inc"

namespace {

/// `OpT` multiplies queries and keys: `attend`, or `scores` if attention is not fused.
template <typename OpT>
void moveScale(Fuser &fuser, OpT op) {
  Operation *reader = op, *query = Fuser::producerOf(op.getQ());
  if (auto rope = dyn_cast_or_null<RopeOp>(query); rope && Fuser::isOnlyFor(rope, reader)) {
    reader = rope;
    query = Fuser::producerOf(rope.getX());
  }
  auto linear = dyn_cast_or_null<LinearOp>(query);
  if (!linear)
    return;
  if (!Fuser::isOnlyFor(linear, reader))
    return (void)fuser.missed(op, "other ops read the query too");
  fuser.applied(op, [&] {
    double factor = linear.getAlpha().convertToDouble() * op.getScale().convertToDouble();
    linear.setAlpha(APFloat(factor));
    op.setScale(APFloat(1.0));
  });
}

struct ScaleIntoQuery : impl::ScaleIntoQueryPassBase<ScaleIntoQuery> {
  void runOnOperation() override {
    fuseEach<AttendOp>(getOperation(), "scale-into-query", moveScale<AttendOp>);
    fuseEach<ScoresOp>(getOperation(), "scale-into-query", moveScale<ScoresOp>);
  }
};

} // namespace
} // namespace cria
