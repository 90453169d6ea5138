//===- Machines.cpp - Machines that models are compiled for ---------------===//
#include "Machines.h"

namespace cria::test {

const std::vector<Machine> &machines() {
  constexpr std::int64_t KiB = 1 << 10, MiB = 1 << 20;
  auto machine = [](const char *name, std::int64_t bits, std::int64_t registers, std::int64_t l1,
                    std::int64_t l2, std::int64_t cores, bool dots = false) {
    TargetInfo info;
    info.vectorBits = bits;
    info.vectorRegisters = registers;
    info.l1Bytes = l1;
    info.l2Bytes = l2;
    info.cores = cores;
    if (dots) // with plain arithmetic, where this CPU has no instruction
      info.features = {"emulated-dot-bf16"};
    return Machine{name, info};
  };
  static const std::vector<Machine> all{
      machine("128x16, small caches, 1 core", 128, 16, 8 * KiB, 64 * KiB, 1),
      machine("128x32, 64 cores", 128, 32, 64 * KiB, 1 * MiB, 64),
      machine("256x16, 2 cores", 256, 16, 32 * KiB, 512 * KiB, 2),
      machine("256x32, 1 core", 256, 32, 48 * KiB, 2 * MiB, 1),
      machine("512x16, small caches, 2 cores", 512, 16, 16 * KiB, 128 * KiB, 2),
      machine("512x32, 2 cores", 512, 32, 48 * KiB, 2 * MiB, 2),
      machine("512x32, dots, 2 cores", 512, 32, 48 * KiB, 2 * MiB, 2, true),
      machine("128x32, dots, 4 cores", 128, 32, 64 * KiB, 1 * MiB, 4, true),
      machine("512x32, large caches, 64 cores", 512, 32, 128 * KiB, 16 * MiB, 64),
  };
  return all;
}

driver::Target targetOf(const Machine &machine) {
  driver::Target target = driver::makeTarget("native", "native");
  target.info = machine.info;
  return target;
}

driver::Options optionsFor(const char *model) {
  driver::Options options;
  options.model = model;
  options.noChatTemplate = true;
  return options;
}

} // namespace cria::test
