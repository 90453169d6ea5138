//===- Target.h - The target machine ----------------------------*- C++ -*-===//
#pragma once
#include "dialect/base/Target.h"
#include "llvm/Target/TargetMachine.h"
#include <memory>
#include <string>

namespace cria::driver {

struct Target {
  std::unique_ptr<llvm::TargetMachine> machine;
  std::string cpu;      ///< LLVM's name of the CPU
  std::string features; ///< CPU features that code may use, comma-separated
  TargetInfo info;      ///< description for lowering

  /// Whether its code runs on this system.
  bool isHost() const;
};

/// `triple` and `cpu` may be "native". Throws cria::Error if LLVM does not know them.
Target makeTarget(const std::string &triple, const std::string &cpu);

} // namespace cria::driver
