//===- ResidualIntoLinear.cpp - Residuals as epilogues ----------*- C++ -*-===//
#include "passes/Passes.h"
#include "passes/fuse/Fuser.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_RESIDUALINTOLINEARPASS
#include "passes/Passes.h.inc"

namespace {

struct ResidualIntoLinear : impl::ResidualIntoLinearPassBase<ResidualIntoLinear> {
  void runOnOperation() override {
    fuseEach<ResidualOp>(getOperation(), "residual-into-linear", [](Fuser &fuser, ResidualOp op) {
      if (auto linear = dyn_cast_or_null<LinearOp>(Fuser::producerOf(op.getBranch())))
        (void)fuser.merge(linear, op);
    });
  }
};

} // namespace
} // namespace cria
