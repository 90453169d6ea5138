//===- SwigluIntoLinear.cpp - Gate, up and their product in one kernel -*- C++ -*-===//
#include "passes/Passes.h"
#include "passes/fuse/Fuser.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_SWIGLUINTOLINEARPASS
#include "passes/Passes.h.inc"

namespace {

struct SwigluIntoLinear : impl::SwigluIntoLinearPassBase<SwigluIntoLinear> {
  void runOnOperation() override {
    fuseEach<SwigluOp>(getOperation(), "swiglu-into-linear", [](Fuser &fuser, SwigluOp op) {
      for (OpOperand *input : op.getDpsInputOperands())
        if (auto linear = dyn_cast_or_null<LinearOp>(Fuser::producerOf(input->get())))
          (void)fuser.merge(linear, op);
    });
  }
};

} // namespace
} // namespace cria
