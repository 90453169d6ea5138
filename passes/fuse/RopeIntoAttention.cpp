//===- RopeIntoAttention.cpp - Rotations as epilogues -----------*- C++ -*-===//
#include "passes/Passes.h"
#include "passes/fuse/Fuser.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_ROPEINTOATTENTIONPASS
#include "passes/Passes.h.inc"

namespace {

struct RopeIntoAttention : impl::RopeIntoAttentionPassBase<RopeIntoAttention> {
  void runOnOperation() override {
    fuseEach<RopeOp>(getOperation(), "rope-into-attention", [](Fuser &fuser, RopeOp op) {
      if (auto linear = dyn_cast_or_null<LinearOp>(Fuser::producerOf(op.getX())))
        (void)fuser.merge(linear, op);
    });
  }
};

} // namespace
} // namespace cria
