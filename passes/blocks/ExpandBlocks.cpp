//===- ExpandBlocks.cpp - Ops on rows of blocks as loops ------------------===//
#include "passes/Passes.h"
#include "passes/blocks/formats/Quantize.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_EXPANDBLOCKSPASS
#include "passes/Passes.h.inc"

namespace {

/// Whether `op` writes the values of a row of blocks, and does nothing else.
bool widensRow(linalg::GenericOp op) {
  if (op.getNumDpsInputs() != 1 || op.getNumDpsInits() != 1 || op.getNumLoops() != 1 ||
      op.getNumReductionLoops() != 0 ||
      !llvm::all_of(op.getIndexingMapsArray(), [](AffineMap map) { return map.isIdentity(); }))
    return false;
  auto widen = op.getBody()->getTerminator()->getOperand(0).getDefiningOp<WidenOp>();
  return widen && widen.getElement() == op.getBody()->getArgument(0);
}

void lowerRow(linalg::GenericOp op) {
  ImplicitLocOpBuilder b(op.getLoc(), op);
  Value blocks = op.getDpsInputs()[0], out = op.getDpsInits()[0];
  auto type = cast<MemRefType>(blocks.getType());
  auto index = [&](int64_t value) -> Value { return arith::ConstantIndexOp::create(b, value); };
  Value bytes = BytesOp::create(b, blocks);
  auto groups =
      scf::ForOp::create(b, index(0), index(type.getDimSize(0)), index(BlockReader::group));
  b.setInsertionPointToStart(groups.getBody());
  Value k = groups.getInductionVar();
  Value values = readGroup(b, type.getElementType(), bytes, /*row=*/Value(), k);
  vector::StoreOp::create(b, values, out, k);
  op.erase();
}

void lowerQuantize(QuantizeOp op) {
  ImplicitLocOpBuilder b(op.getLoc(), op);
  Value x = op.getX(), bytes = BytesOp::create(b, op.getOut());
  auto index = [&](int64_t value) -> Value { return arith::ConstantIndexOp::create(b, value); };
  auto loop = [&](Value end, int64_t step) -> Value {
    auto each = scf::ForOp::create(b, index(0), end, index(step));
    b.setInsertionPointToStart(each.getBody());
    return each.getInductionVar();
  };
  Value rows = b.createOrFold<memref::DimOp>(x, 0);
  Value columns = index(cast<MemRefType>(x.getType()).getDimSize(1));
  Value row = loop(rows, 1), k = loop(columns, BlockReader::group);
  quantizeGroup(b, op, bytes, row, k);
  op.erase();
}

struct ExpandBlocks : impl::ExpandBlocksPassBase<ExpandBlocks> {
  void runOnOperation() override {
    getOperation()->walk([](linalg::GenericOp op) {
      if (widensRow(op))
        lowerRow(op);
    });
    getOperation()->walk(lowerQuantize);
  }
};

} // namespace
} // namespace cria
