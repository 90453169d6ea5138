//===- Target.h - The target machine ----------------------------*- C++ -*-===//
#pragma once
#include "dialect/base/Target.h"
#include "llvm/Target/TargetMachine.h"
#include <memory>
#include <string>
#include <vector>

namespace cria::driver {

struct Vendor;

struct Target {
  std::string name; ///< for makeTarget, with `cpu`
  std::unique_ptr<llvm::TargetMachine> machine;
  std::string cpu;                ///< as --cpu names it
  std::string features;           ///< CPU features that code may use, comma-separated
  TargetInfo info;                ///< description for lowering
  const Vendor *vendor = nullptr; ///< of a GPU

  bool isGpu() const { return info.backend == Backend::gpu; }
  bool isWasm() const { return machine->getTargetTriple().isWasm(); }
  /// Whether its code runs on this system.
  bool isHost() const;
  /// Those of its features that this CPU lacks, if it is the host.
  std::vector<std::string> missingHere() const;
};

/// `triple` and `cpu` may be "native". Throws cria::Error if LLVM does not know them.
Target makeTarget(const std::string &triple, const std::string &cpu);
/// A target for each of `cpus`, comma-separated. Throws a cria::Error if two are the same.
std::vector<Target> makeTargets(const std::string &triple, const std::string &cpus);

} // namespace cria::driver
