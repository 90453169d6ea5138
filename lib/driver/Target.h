//===- Target.h - The machine that code is made for -------------*- C++ -*-===//
#pragma once
#include "dialect/base/Target.h"
#include "llvm/Target/TargetMachine.h"
#include <memory>
#include <string>

namespace cria::driver {

struct Target {
  std::unique_ptr<llvm::TargetMachine> machine;
  std::string cpu;      ///< as LLVM names it
  std::string features; ///< what code may use of it, comma-separated
  TargetInfo info;      ///< what lowering asks

  /// Code for it runs on the system that runs this.
  bool isHost() const;
};

/// `triple` and `cpu` may be "native". Throws cria::Error for what LLVM does not know.
Target makeTarget(const std::string &triple, const std::string &cpu);

} // namespace cria::driver
