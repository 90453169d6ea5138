//===- Main.h - The command line of cria-study ------------------*- C++ -*-===//
#pragma once

namespace cria::study {

/// Exit codes: 0 done, 1 bad input or machine, 2 bad command line, 130 interrupted.
int studyMain(int argc, const char *const *argv);

} // namespace cria::study
