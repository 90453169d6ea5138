//===- Schedule.h - Schedules of kernels ---------------------------*- C++ -*-===//
#pragma once
#include "dialect/Cria.h"

namespace cria {

/// Why `kernel`, not lowered yet, cannot be computed by `schedule` on the target of its module;
/// empty if it can.
std::string faultOfSchedule(KernelOp kernel, ScheduleAttr schedule);

/// Puts `schedule` on `kernel`: none if all its fields are at their defaults, which is the same.
void setSchedule(KernelOp kernel, ScheduleAttr schedule);

} // namespace cria
