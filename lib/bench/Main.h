//===- Main.h - The command line of cria-bench ------------------*- C++ -*-===//
#pragma once

namespace cria::bench {

/// Exit codes: 0 done, 1 bad input or machine, 2 bad command line, 130 interrupted (results so far
/// are printed).
int benchMain(int argc, const char *const *argv);

} // namespace cria::bench
