//===- Main.h - The command line of cria-study ------------------*- C++ -*-===//
#pragma once

namespace cria::study {

/// Exit codes: 0 done, 1 the model or the machine is at fault, 2 the command line is, 130
/// interrupted.
int studyMain(int argc, const char *const *argv);

} // namespace cria::study
