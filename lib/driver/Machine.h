//===- Machine.h - Measured limits of a machine -----------------*- C++ -*-===//
#pragma once
#include "llvm/Support/JSON.h"
#include <string>

namespace cria::driver {

/// Of the results of cria-bench at `path`, written with --json, those of most threads:
/// {cpu, threads, read: bytes per second, peaks: {UNIT: operations per second},
///  measured: [{entry, context, tokens, kernels: [{name, calls, seconds}]}]}. Throws cria::Error.
llvm::json::Value readMachine(const std::string &path);

} // namespace cria::driver
