//===- ChooseSchedule.cpp - How each kernel is computed -------------------===//
#include "passes/Passes.h"
#include "passes/cpu/units/Unit.h"
#include "passes/schedule/Policies.h"
#include "passes/schedule/Schedule.h"
#include "passes/schedule/Tiles.h"

using namespace mlir;

namespace cria {
#define GEN_PASS_DEF_CHOOSESCHEDULEPASS
#include "passes/Passes.h.inc"

namespace {

const Unit &unitOf(UnitKind kind) {
  return **llvm::find_if(units(),
                         [&](const Unit *unit) { return unit->name() == stringifyUnitKind(kind); });
}

ScheduleAttr choose(KernelOp kernel, const TargetInfo &target) {
  UnitKind unit = chooseUnit(kernel, target);
  SmallVector<int64_t> tiles = chooseTileSizes(Grid(kernel), target, unitOf(unit)), block;
  int64_t depth = 0, prefetch = 0, rows = 1;
  if (hasProducts(kernel) && target.backend == Backend::cpu) { // a GPU has other units
    ProductBlock chosen = chooseBlock(target, unitOf(unit));
    block = {chosen.rows, chosen.outputs};
    depth = chosen.depth * unitOf(unit).depth();
    Streams streams = chooseStreams(kernel, target);
    rows = streams.rows;
    prefetch = chooseKeyPrefetch(kernel, target);
    prefetch = prefetch ? prefetch : streams.prefetch;
  }
  return ScheduleAttr::get(kernel.getContext(), tiles, unit, block, depth,
                           chooseKeys(kernel, target), rows, prefetch);
}

struct ChooseSchedule : impl::ChooseSchedulePassBase<ChooseSchedule> {
  void runOnOperation() override {
    TargetInfo target = TargetInfo::of(getOperation());
    getOperation()->walk([&](KernelOp kernel) {
      if (!kernel.getScheduleAttr())
        setSchedule(kernel, choose(kernel, target));
    });
  }
};

} // namespace
} // namespace cria
