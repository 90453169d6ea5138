//===- Codegen.h - From the LLVM dialect to machine code --------*- C++ -*-===//
#pragma once
#include "driver/Target.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/IR/Module.h"

namespace cria::driver {

/// Translates `module`, in the LLVM dialect, to LLVM IR for `target`: a module, or that of a GPU's
/// kernels inside of it. Throws cria::Error.
std::unique_ptr<llvm::Module> translate(mlir::Operation *module, llvm::LLVMContext &context,
                                        const Target &target);
/// Runs LLVM's O3 pipeline.
void optimize(llvm::Module &module, const Target &target);
/// Writes assembly text or an object file to `path`. Throws cria::Error.
void generate(llvm::Module &module, const Target &target, llvm::CodeGenFileType kind,
              const std::string &path);
/// The assembly of `module`, which code generation changes. Throws cria::Error.
std::string generateAssembly(llvm::Module &module, const Target &target);

} // namespace cria::driver
