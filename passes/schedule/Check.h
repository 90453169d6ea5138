//===- Check.h - Whether a schedule fits --------------------------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"

namespace cria {

/// Why `kernel`, not lowered yet, cannot be computed by `schedule` on the target of its module;
/// empty if it can.
std::string faultOfSchedule(KernelOp kernel, ScheduleAttr schedule);

} // namespace cria
