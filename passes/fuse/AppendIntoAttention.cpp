//===- AppendIntoAttention.cpp - Cache rows written by projections --*- C++ -*-===//
#include "passes/Passes.h"
#include "passes/fuse/Fuser.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_APPENDINTOATTENTIONPASS
#include "passes/Passes.h.inc"

namespace {

struct AppendIntoAttention : impl::AppendIntoAttentionPassBase<AppendIntoAttention> {
  void runOnOperation() override {
    fuseEach<KvAppendOp>(getOperation(), "append-into-attention", [](Fuser &fuser, KvAppendOp op) {
      Operation *rows = Fuser::producerOf(op.getRows());
      if (isa_and_present<LinearOp, RopeOp>(rows))
        (void)fuser.merge(rows, op);
    });
  }
};

} // namespace
} // namespace cria
