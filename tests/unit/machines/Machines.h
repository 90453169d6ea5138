//===- Machines.h - Machines that models are compiled for -------*- C++ -*-===//
//
// A machine is data: what `dialect/base/Target.h` describes. Code for any of them runs here, since
// LLVM turns vectors that this CPU does not have into those that it has.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "dialect/base/Target.h"
#include "driver/Options.h"
#include "driver/Target.h"
#include <vector>

namespace cria::test {

struct Machine {
  const char *name;
  TargetInfo info;
};

/// Vectors of 128, 256 and 512 bits, 16 and 32 of them; small and large caches; 1, 2 and 64 cores;
/// with and without bf16 dots.
const std::vector<Machine> &machines();

/// This CPU, described as `machine`.
driver::Target targetOf(const Machine &machine);

/// A model and the settings that all tests compile it with.
driver::Options optionsFor(const char *model);

} // namespace cria::test
