//===- Vendor.h - GPUs whose code one back end of LLVM makes ----*- C++ -*-===//
//
// All that differs between the GPUs of one vendor and those of another when kernels are compiled:
// one file for each. What runs them is in lib/runtime/device.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "driver/Target.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/MCSubtargetInfo.h"

namespace cria::driver {

struct Vendor {
  llvm::StringLiteral name; ///< for --target
  llvm::StringLiteral triple;
  llvm::StringLiteral chip;     ///< if none is named
  llvm::StringLiteral features; ///< of all code
  llvm::StringLiteral device;   ///< what runs the kernels, as `cria_code` names it

  /// Describes `chip`, which LLVM knows. Throws a cria::Error if kernels cannot run there.
  TargetInfo (*describe)(const llvm::MCSubtargetInfo &chip);
  /// Completes kernels that were just translated to LLVM IR.
  void (*prepare)(llvm::Module &kernels, const Target &target);
  /// Optimised kernels as the vendor's driver takes them. Changes them. Throws cria::Error.
  std::string (*image)(llvm::Module &kernels, const Target &target);
};

extern const Vendor nvidia, amd;

/// For tiles that read tens of kilobytes of weights, a few rows for each warp of a block, several
/// for each multiprocessor. A warp has 32 lanes, also where hardware runs two at a time.
inline TargetInfo gpuInfo(llvm::StringRef dialect, int64_t cores) {
  return {.vectorBits = 1024,
          .vectorRegisters = 64,
          .l1Bytes = int64_t(32) << 10,
          .l2Bytes = int64_t(256) << 10,
          .cores = cores,
          .readStreams = 1,
          .backend = Backend::gpu,
          .dialect = dialect.str()};
}

} // namespace cria::driver
