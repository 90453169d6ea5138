//===- Amount.h - An amount as terms of context and tokens ------*- C++ -*-===//
#pragma once
#include "dialect/base/Cost.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <array>

namespace cria::report {

/// The terms of a `cria_amount` (cria/runtime/abi.h): fixed, per token, per row of the cache, per
/// pair of a token and a row.
using Amount = std::array<std::int64_t, 4>;

/// The terms whose sum is `of` at every step: solved for from four steps.
Amount amountOf(llvm::function_ref<std::int64_t(Step)> of);

/// The sum of `terms` at `step`.
std::int64_t valueOf(const Amount &terms, Step step);

} // namespace cria::report
