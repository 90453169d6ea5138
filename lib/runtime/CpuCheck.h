//===- CpuCheck.h - Which features this CPU has -----------------*- C++ -*-===//
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cria::rt {

/// Whether the CPU and the operating system offer the LLVM feature `name`; nothing if it is
/// a feature that generated code does not depend on, or that is not known here. Where it says that
/// a feature is there, this process may use it: it asks the operating system for what needs that.
std::optional<bool> cpuHas(std::string_view name);

/// What answers as cpuHas does.
using CpuProbe = std::optional<bool>(std::string_view name);

struct FeatureCheck {
  std::vector<std::string> missing; ///< asked for, and not there
  std::size_t present = 0;          ///< how many are asked for and there
};

/// Asks `has` for each of `features` ("+avx2,+fma,-xop") with a plus.
FeatureCheck checkFeatures(std::string_view features, CpuProbe *has = cpuHas);

} // namespace cria::rt
