//===- Main.h - The command line of cria-run --------------------*- C++ -*-===//
#pragma once

namespace cria::run {

/// Exit codes: 0 done, 1 the files or the machine are at fault or a comparison failed, 2 the
/// command line is.
int runMain(int argc, const char *const *argv);

} // namespace cria::run
