//===- Verify.h - The answers of what was written ---------------*- C++ -*-===//
#pragma once
#include "driver/Source.h"
#include "driver/Target.h"

namespace cria::driver {

/// Throws a cria::Error unless what `options` ask for, for `target`, can run on this machine.
void checkRunnable(const Options &options, const Target &target);

/// Runs `file`, which criac wrote as `options.emit` says, and compares its answers with those of
/// the f64 reference (docs/verify.md): the code for each of `targets` that runs here, and for
/// `host` if that is not null: the CPU beside a GPU. Says on standard error what was checked.
/// Throws a cria::Error that names the logit which is furthest off.
void verifyOutput(const Options &options, const Source &source, llvm::ArrayRef<Target> targets,
                  const Target *host, const std::string &file);

} // namespace cria::driver
