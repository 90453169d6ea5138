//===- Explain.h - One block before and after one fusion --------*- C++ -*-===//
#pragma once
#include "driver/Options.h"

namespace cria::study {

/// The loop over layers of `function` (decode or prefill) after the `fuse` phase: without fusions,
/// with `fusion` alone, and the remarks of that fusion. Throws cria::Error.
std::string explain(const driver::Options &options, const std::string &fusion,
                    const std::string &function);

} // namespace cria::study
