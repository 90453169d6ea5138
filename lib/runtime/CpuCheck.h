//===- CpuCheck.h - Whether this CPU can run the compiled code --*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cria::rt {

/// Whether the CPU and the operating system offer the LLVM feature `name`; nothing if it is
/// a feature that generated code does not depend on, or that is not known here.
std::optional<bool> cpuHas(std::string_view name);

/// Those of `features` ("+avx2,+fma,-xop") that are asked for and that `has` says no to.
std::vector<std::string> missingFeatures(std::string_view features,
                                         std::optional<bool> (*has)(std::string_view) = cpuHas);

/// Throws a cria::Error if this CPU cannot run the code of `model`.
void checkCpu(const cria_model &model);

} // namespace cria::rt
