//===- RecordCosts.cpp - Bytes and operations as attributes ---------------===//
#include "passes/Passes.h"
#include "report/Amount.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_RECORDCOSTSPASS
#include "passes/Passes.h.inc"

namespace {

struct RecordCosts : impl::RecordCostsPassBase<RecordCosts> {
  void runOnOperation() override {
    getOperation()->walk([](KernelOp kernel) {
      Builder b(kernel.getContext());
      auto bytes = [&](Step step) { return kernel.getCost(step).bytes(); };
      auto flops = [&](Step step) { return kernel.getCost(step).flops; };
      kernel->setAttr("cria.bytes", b.getDenseI64ArrayAttr(report::amountOf(bytes)));
      kernel->setAttr("cria.flops", b.getDenseI64ArrayAttr(report::amountOf(flops)));
    });
  }
};

} // namespace
} // namespace cria
