//===- SwigluIntoLinear.cpp - Gate, up and their product in one kernel --*- C++ -*-===//
#include "passes/Passes.h"
#include "passes/fuse/Fuser.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_SWIGLUINTOLINEARPASS
#include "passes/Passes.h.inc"

namespace {

struct SwigluIntoLinear : impl::SwigluIntoLinearPassBase<SwigluIntoLinear> {
  void runOnOperation() override {
    fuseEach<GatedOpInterface>(
        getOperation(), "swiglu-into-linear", [](Fuser &fuser, GatedOpInterface op) {
          auto take = [&](Value input) {
            if (auto linear = dyn_cast_or_null<LinearOp>(Fuser::producerOf(input)))
              (void)fuser.merge(linear, op);
          };
          take(op.getGate());
          take(op.getUp()); // read only now, since a merge replaces the op's operands
        });
  }
};

} // namespace
} // namespace cria
