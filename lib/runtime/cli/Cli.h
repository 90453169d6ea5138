//===- Cli.h - The program that a compiled model is -------------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"

namespace cria::rt {

/// Runs `compiled` as the command line says and returns the exit code: 0, 1 for a fault of
/// the input or the machine, 2 for a fault of the command line, 130 after an interrupt.
int runCli(const cria_model &compiled, int argc, const char *const *argv);

} // namespace cria::rt
