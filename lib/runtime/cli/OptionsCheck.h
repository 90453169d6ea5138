//===- OptionsCheck.h - Flags that do not go together -----------*- C++ -*-===//
#pragma once
#include "runtime/Fail.h"
#include "runtime/cli/Options.h"

namespace cria::rt {

template <class... Args>
[[noreturn]] void refuse(fmt::format_string<Args...> format, Args &&...args) {
  throw UsageError(fmt::format(format, std::forward<Args>(args)...));
}

/// Refuses flags that make no sense together, or not alone, or not for `model`.
void checkOptions(const Options &options, const cria_model &model);

} // namespace cria::rt
