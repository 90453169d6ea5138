//===- Verify.h - The answers of what was written ---------------*- C++ -*-===//
#pragma once
#include "driver/Source.h"
#include "driver/Target.h"

namespace cria::driver {

/// Runs `file`, which criac wrote as `options.emit` says, and compares its answers with those of
/// the f64 reference (docs/verify.md): the code for each of `targets` that runs here. Says on
/// standard error what was checked. Throws a cria::Error that names the logit which is furthest
/// off.
void verifyOutput(const Options &options, const Source &source, llvm::ArrayRef<Target> targets,
                  const std::string &file);

} // namespace cria::driver
