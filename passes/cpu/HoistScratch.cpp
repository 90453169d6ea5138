//===- HoistScratch.cpp - Tile buffers once per thread --------------------===//
#include "mlir/Dialect/OpenMP/OpenMPDialect.h"
#include "passes/Passes.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_HOISTSCRATCHPASS
#include "passes/Passes.h.inc"

namespace {

struct HoistScratch : impl::HoistScratchPassBase<HoistScratch> {
  void runOnOperation() override {
    getOperation()->walk([](memref::AllocaOp alloca) {
      auto parallel = alloca->getParentOfType<omp::ParallelOp>();
      if (parallel && alloca.getMemref().getType().hasStaticShape() && !alloca->getNumOperands())
        alloca->moveBefore(&parallel.getRegion().front().front());
    });
  }
};

} // namespace
} // namespace cria
