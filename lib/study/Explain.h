//===- Explain.h - One block before and after one fusion --------*- C++ -*-===//
#pragma once
#include "driver/Options.h"

namespace cria::study {

/// The loop over layers of `function` (decode or prefill), when its work is in kernels: without
/// fusions, with `fusion` alone, and what that one said. Throws cria::Error.
std::string explain(const driver::Options &options, const std::string &fusion,
                    const std::string &function);

} // namespace cria::study
