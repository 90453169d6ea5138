//===- Descriptor.h - cria_compiled_model, as constants ---------*- C++ -*-===//
#pragma once
#include "driver/Source.h"
#include "driver/Target.h"
#include "emit/Emit.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/IR/Module.h"

namespace cria::driver {

/// A row of the weight table's description, as `cria_param`.
struct ParamRow {
  std::string name;
  std::int64_t dtype, rank, shape[2], count, first, layer, packed;
};

/// The parameters that `module` declares, those that differ by layer as one row for neighbours.
std::vector<ParamRow> paramRows(mlir::ModuleOp module);

/// A kernel of an entry point, as `cria_kernel`.
struct KernelRow {
  std::string name;
  std::int64_t calls;
  llvm::SmallVector<std::int64_t> bytes, flops; ///< the terms of a `cria_amount`
  std::vector<std::string> tails = {};          ///< kernels that its launch ends with, on a GPU
};

/// The kernels that the entry points of `module` call, in the order of their numbers.
std::vector<KernelRow> kernelRows(mlir::ModuleOp module);

/// A variant, as `cria_code`.
struct CodeFacts {
  std::string cpu, features;
  std::string suffix;                ///< of the names of its functions
  std::string device = "cpu", image; ///< what runs its kernels, and the kernels if it is no CPU
  std::int64_t blockThreads = 0;
  bool earlyLaunch = false;
  std::int64_t workspaceBytes = 0, scratchBytes = 0;
  std::vector<KernelRow> kernels;
};

/// All that the descriptor says which is not in the source.
struct Facts {
  std::vector<ParamRow> params;
  std::vector<CodeFacts> variants;
  std::int64_t maxSeq = 0, chunk = 0;
  spec::DType kvDtype = spec::DType::f32;
  emit::CacheShape cache;
  std::optional<std::int64_t> randomSeed;
  bool embedWeights = false;

  /// Entries of the weight table.
  std::int64_t weightSlots() const {
    std::int64_t slots = 0;
    for (const ParamRow &row : params)
      slots = std::max(slots, row.first + row.count);
    return slots;
  }
};

/// Makes all functions of `module` its own: one of such a name in a program or in another model is
/// another one.
void hideFunctions(llvm::Module &module);

/// Adds the descriptor of include/cria/runtime/abi.h to `module`, which has the entry points.
void addDescriptor(llvm::Module &module, const Source &source, const Facts &facts);

} // namespace cria::driver
