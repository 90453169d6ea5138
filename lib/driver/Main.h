//===- Main.h - The command line of criac -----------------------*- C++ -*-===//
#pragma once

namespace cria::driver {

/// Exit codes: 0 done, 1 the model or the machine is at fault, 2 the command line is.
int criacMain(int argc, const char *const *argv);

} // namespace cria::driver
