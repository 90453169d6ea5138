//===- CompilerOutput.h - Messages of the spec's compiler -------*- C++ -*-===//
#pragma once
#include <string>
#include <string_view>

namespace cria::spec {

/// The first error in `output`, as one line "FILE:LINE:COLUMN: …" with `shown` instead of `source`.
/// For a fault in a spec it is the message alone, without the compiler's own words around it. If
/// `output` contains no error, "does not compile".
std::string firstError(std::string_view output, const std::string &source,
                       const std::string &shown);

} // namespace cria::spec
