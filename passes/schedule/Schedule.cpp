//===- Schedule.cpp - Schedules of kernels --------------------------------===//
#include "passes/schedule/Schedule.h"
#include "dialect/base/Target.h"
#include "passes/cpu/units/Unit.h"
#include "passes/schedule/Tiles.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;

namespace cria {

/// What is wrong with a block of tiles.
static std::string faultOfTileBlock(int64_t rows, int64_t outputs) {
  constexpr int64_t side = TileUnit::side;
  if (rows % side || outputs % side)
    return llvm::formatv("block [{0}, {1}]: rows and outputs must be multiples of {2}, the side of "
                         "a tile",
                         rows, outputs, side);
  int64_t columns = outputs / side, sums = rows / side * columns, operands = columns + 1;
  if (sums + operands > TileUnit::registers)
    return llvm::formatv("block [{0}, {1}]: {2} tiles of sums and {3} of operands do not fit {4} "
                         "registers",
                         rows, outputs, sums, operands, TileUnit::registers);
  return "";
}

/// Whether a weight of `kernel` can be multiplied by a unit of this kind.
static bool hasUnit(KernelOp kernel, UnitKind kind, const TargetInfo &target) {
  return llvm::any_of(kernel.getBody().getOps<LinearOp>(), [&](LinearOp linear) {
    Type element = getElementTypeOrSelf(linear.getWeight());
    const Unit &unit = unitFor(target, element, stringifyUnitKind(kind));
    return unit.name() == stringifyUnitKind(kind) && unit.suits(linear);
  });
}

std::string faultOfSchedule(KernelOp kernel, ScheduleAttr schedule) {
  if (!schedule.getTiles().empty())
    if (std::string fault = faultOfTiles(Grid(kernel), schedule.getTiles()); !fault.empty())
      return fault;
  TargetInfo target = TargetInfo::of(kernel);
  if (schedule.getUnit() != UnitKind::fma && !hasUnit(kernel, schedule.getUnit(), target))
    return llvm::formatv(
        "unit {0}: needs weights that it multiplies, a target that has it, and --products=fast",
        stringifyUnitKind(schedule.getUnit()));
  if (schedule.getBlock().empty())
    return "";
  int64_t rows = schedule.getBlock()[0], outputs = schedule.getBlock()[1];
  if (schedule.getUnit() == UnitKind::amx_bf16)
    return faultOfTileBlock(rows, outputs);
  if (outputs % target.lanes() != 0)
    return llvm::formatv("block [{0}, {1}]: outputs must be a multiple of the {2} f32 elements of "
                         "a vector register",
                         rows, outputs, target.lanes());
  int64_t sums = rows * (outputs / target.lanes());
  if (sums > target.vectorRegisters)
    return llvm::formatv("block [{0}, {1}]: {2} vectors of sums do not fit {3} registers", rows,
                         outputs, sums, target.vectorRegisters);
  return "";
}

void setSchedule(KernelOp kernel, ScheduleAttr schedule) {
  bool isDefault = schedule == ScheduleAttr::get(kernel.getContext());
  kernel.setScheduleAttr(isDefault ? ScheduleAttr() : schedule);
}

} // namespace cria
