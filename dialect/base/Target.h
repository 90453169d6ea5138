//===- Target.h - Description of the target machine -------------*- C++ -*-===//
//
// The target is described by DLTI on the module (`dlti.target_system_spec`, device
// "CPU" or "GPU"). Lowering takes all sizes from there. Without a description, a small machine
// with 128-bit vectors is assumed.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace cria {

/// What kind of machine runs the kernels: each has a last phase of its own.
enum class Backend { cpu, gpu };

/// The feature of GPUs whose tensor cores multiply f32 with bf16 and do not round.
inline constexpr llvm::StringLiteral exactTensorCores = "mma-bf16x3";

/// On a GPU a core is a multiprocessor, and a vector register is one register of all lanes of a
/// warp.
struct TargetInfo {
  int64_t vectorBits = 128;     ///< width of a vector register
  int64_t vectorRegisters = 16; ///< number of vector registers
  int64_t l1Bytes = 32 << 10;   ///< first-level data cache per core
  int64_t l2Bytes = 256 << 10;  ///< second-level cache per core

  /// What a core asks memory for ahead of its reads, to read fastest, in all places together; 0
  /// where hardware does that better alone.
  int64_t prefetchBytes = 0;

  int64_t cores = 1; ///< number of cores to split work across

  int64_t readStreams = 4; ///< places that a core reads at the same time, to read fastest

  /// Features whose units products may use: of CPUs, as LLVM names them (passes/cpu/units), and of
  /// GPUs (passes/gpu/units).
  std::vector<std::string> features = {};

  Backend backend = Backend::cpu;

  /// Of a GPU: what its kernels are lowered to, `nvvm` or `rocdl`.
  std::string dialect = "nvvm";

  /// Of a GPU: whether a kernel can be launched before the one ahead of it is done, and wait for it
  /// by itself.
  bool earlyLaunch = false;

  bool has(llvm::StringRef feature) const { return llvm::is_contained(features, feature); }

  /// Reads the description on the module around `op`.
  static TargetInfo of(mlir::Operation *op);
  /// Attaches this description to `module`.
  void describe(mlir::ModuleOp module) const;

  /// f32 elements per vector register.
  int64_t lanes() const { return vectorBits / 32; }
};

} // namespace cria
