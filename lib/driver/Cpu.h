//===- Cpu.h - The CPUs that a command line names ---------------*- C++ -*-===//
#pragma once
#include "llvm/TargetParser/Triple.h"
#include <string>
#include <vector>

namespace llvm {
class Target;
}

namespace cria::driver {

/// An item of --cpu.
struct Cpu {
  std::string name;     ///< as the user says it: "generic+dotprod"; that of "native" is LLVM's name
  std::string base;     ///< LLVM's name of the CPU
  std::string features; ///< to be added and left out, comma-separated: "+dotprod,-sve"
};

/// Reads NAME, NAME+FEATURE+FEATURE or "native". `native` says that `triple` is this system; for
/// another architecture "native" is the baseline. Throws a cria::Error if LLVM does not know it.
Cpu readCpu(const std::string &item, const llvm::Target &target, const llvm::Triple &triple,
            bool native);

/// The items of a comma-separated list. Throws a cria::Error if one is empty.
std::vector<std::string> splitCpus(const std::string &list);

} // namespace cria::driver
