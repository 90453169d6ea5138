//===- Amount.h - An amount as terms of context and tokens ------*- C++ -*-===//
#pragma once
#include "dialect/base/Cost.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <array>

namespace cria::report {

/// The terms of a `cria_amount` (cria/runtime/abi.h): fixed, per token, per row of the cache, per
/// pair of a token and a row that it sees; and, which that has not, per pair of tokens: scores that
/// are a tensor have a column for every row, seen or not.
using Amount = std::array<std::int64_t, 5>;

/// The terms whose sum is `of` at every step: solved for from five steps.
Amount amountOf(llvm::function_ref<std::int64_t(Step)> of);

/// The sum of `terms` at `step`.
std::int64_t valueOf(const Amount &terms, Step step);

} // namespace cria::report
