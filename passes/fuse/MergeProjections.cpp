//===- MergeProjections.cpp - Linears of one input in one kernel --*- C++ -*-===//
#include "passes/Passes.h"
#include "passes/fuse/Fuser.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_MERGEPROJECTIONSPASS
#include "passes/Passes.h.inc"

namespace {

struct MergeProjections : impl::MergeProjectionsPassBase<MergeProjections> {
  void runOnOperation() override {
    // The first linear of each input, whose kernel the others join.
    llvm::DenseMap<Value, LinearOp> first;
    fuseEach<LinearOp>(getOperation(), "merge-projections", [&](Fuser &fuser, LinearOp op) {
      auto [found, isFirst] = first.insert({op.getX(), op});
      if (!isFirst)
        (void)fuser.merge(found->second, op);
    });
  }
};

} // namespace
} // namespace cria
