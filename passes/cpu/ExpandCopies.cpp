//===- ExpandCopies.cpp - Copies as loops ---------------------------------===//
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_EXPANDCOPIESPASS
#include "passes/Passes.h.inc"

namespace {

struct ExpandCopies : impl::ExpandCopiesPassBase<ExpandCopies> {
  void runOnOperation() override {
    getOperation()->walk([](memref::CopyOp copy) {
      OpBuilder b(copy);
      linalg::CopyOp::create(b, copy.getLoc(), copy.getSource(), copy.getTarget());
      copy.erase();
    });
  }
};

} // namespace

} // namespace cria
