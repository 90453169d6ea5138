//===- ProbeCode.h - The inner loops of the probes --------------*- C++ -*-===//
#pragma once
#include "driver/Lowering.h"

namespace cria::measure {

/// The functions of ReadWays.h and ProbeUnits.h for the machine of `target`.
driver::LlvmCode probeCode(const driver::Target &target);

} // namespace cria::measure
