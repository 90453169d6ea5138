//===- Report.h - What cria-run prints --------------------------*- C++ -*-===//
#pragma once
#include "run/Array.h"

namespace cria::run {

/// "result 0: 4x8xf32 in -1.5 … 2.25: 0.5 0.25 …".
std::string describe(std::size_t number, const std::string &type, const reference::Tensor &values);

/// Of `found` from `expected`, as a fraction of the greatest expected magnitude (absolute
/// where that is 0). NaN matches NaN only.
double relativeError(const reference::Tensor &found, const reference::Tensor &expected);

/// What rounding a result to its type may add to such an error.
double roundingOf(Element element);

} // namespace cria::run
