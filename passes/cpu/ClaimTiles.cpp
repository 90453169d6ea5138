//===- ClaimTiles.cpp - Grids as loops that claim tiles -------------------===//
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "passes/Passes.h"
#include "passes/buffers/KernelFunctions.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_CLAIMTILESPASS
#include "passes/Passes.h.inc"

namespace {

Value nextTile(ImplicitLocOpBuilder &b, Value worker) {
  auto call = func::CallOp::create(b, nextName, TypeRange(b.getI64Type()), ValueRange(worker));
  return arith::IndexCastOp::create(b, b.getIndexType(), call.getResult(0));
}

/// The loop variables of tile number `tile`.
SmallVector<Value> variablesOf(ImplicitLocOpBuilder &b, scf::ForallOp grid, Value tile,
                               ArrayRef<Value> extents) {
  SmallVector<Value> variables(extents.size());
  SmallVector<Value> lower = grid.getLowerBound(b), step = grid.getStep(b);
  for (size_t i = extents.size(); i-- > 0;) {
    Value number = i ? arith::RemUIOp::create(b, tile, extents[i]) : tile;
    if (i)
      tile = arith::DivUIOp::create(b, tile, extents[i]);
    Value offset = arith::MulIOp::create(b, number, step[i]);
    variables[i] = arith::AddIOp::create(b, lower[i], offset);
  }
  return variables;
}

void claim(scf::ForallOp grid, Value worker) {
  ImplicitLocOpBuilder b(grid.getLoc(), grid);
  SmallVector<Value> extents = gridExtents(b, grid);
  Value count = arith::ConstantIndexOp::create(b, 1);
  for (Value extent : extents)
    count = arith::MulIOp::create(b, count, extent);
  auto isTile = [&](OpBuilder &, Location loc, ValueRange tile) {
    Value more = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ult, tile[0], count);
    scf::ConditionOp::create(b, loc, more, tile);
  };
  Value first = nextTile(b, worker);
  auto loop = scf::WhileOp::create(
      b, TypeRange(b.getIndexType()), ValueRange(first),
      [&](OpBuilder &inside, Location loc, ValueRange tile) {
        OpBuilder::InsertionGuard guard(b);
        b.restoreInsertionPoint(inside.saveInsertionPoint());
        isTile(inside, loc, tile);
      },
      [&](OpBuilder &inside, Location loc, ValueRange tile) {
        OpBuilder::InsertionGuard guard(b);
        b.restoreInsertionPoint(inside.saveInsertionPoint());
        SmallVector<Value> variables = variablesOf(b, grid, tile[0], extents);
        for (auto [from, to] : llvm::zip_equal(grid.getInductionVars(), variables))
          from.replaceAllUsesWith(to);
        grid.getTerminator()->erase();
        Block *into = b.getInsertionBlock();
        into->getOperations().splice(b.getInsertionPoint(), grid.getBody()->getOperations());
        b.setInsertionPointToEnd(into);
        scf::YieldOp::create(b, loc, nextTile(b, worker));
      });
  (void)loop;
  grid.erase();
}

/// The thread that comes first computes all of `func`.
void claimWhole(func::FuncOp func) {
  Block &body = func.getBody().front();
  Operation *end = body.getTerminator();
  ImplicitLocOpBuilder b(func.getLoc(), end);
  Operation *last = end->getPrevNode();
  Value tile = nextTile(b, func.getArgument(0));
  Value zero = arith::ConstantIndexOp::create(b, 0);
  Value isFirst = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, tile, zero);
  auto alone = scf::IfOp::create(b, isFirst, /*withElseRegion=*/false);
  if (last)
    alone.thenBlock()->getOperations().splice(alone.thenBlock()->begin(), body.getOperations(),
                                              body.begin(), ++last->getIterator());
}

struct ClaimTiles : impl::ClaimTilesPassBase<ClaimTiles> {
  void runOnOperation() override {
    for (auto func : getOperation().getOps<func::FuncOp>()) {
      if (!isKernel(func))
        continue;
      auto grids = func.getBody().getOps<scf::ForallOp>();
      if (grids.empty())
        claimWhole(func);
      else
        claim(*grids.begin(), func.getArgument(0));
    }
  }
};

} // namespace
} // namespace cria
