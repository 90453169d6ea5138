//===- Schedule.h - Schedules of kernels as a file --------------*- C++ -*-===//
//
// A dictionary attribute as text: the name of a kernel, and how it is computed.
//
//   {
//     "decode.qkv" = #cria.schedule<tiles = [0, 256], block = [6, 16], depth = 512>,
//     …
//   }
//
//===----------------------------------------------------------------------===//
#pragma once
#include "mlir/IR/BuiltinOps.h"
#include <string>

namespace cria::driver {

/// Replaces the schedules of those kernels of `module`, after the phase `schedule`, that the file
/// at `path` names. Throws cria::Error, with file and line, if it is not valid, names a kernel that
/// `module` does not have, or a schedule that does not fit its kernel or the target.
void applySchedules(mlir::ModuleOp module, const std::string &path);

/// The schedules of all kernels of `module` as such a file, which begins with the comment `about`.
std::string printSchedules(mlir::ModuleOp module, const std::string &about);

} // namespace cria::driver
