//===- Main.h - The command line of cria-bench ------------------*- C++ -*-===//
#pragma once

namespace cria::bench {

/// Exit codes: 0 done, 1 the model or the machine is at fault, 2 the command line, 130 if
/// interrupted; what was measured until then is printed.
int benchMain(int argc, const char *const *argv);

} // namespace cria::bench
