//===- CompilerOutput.h - What a compiler says of a spec --------*- C++ -*-===//
#pragma once
#include <string>
#include <string_view>

namespace cria::spec {

/// The first error in `output`, as one line "FILE:LINE:COLUMN: …" with `shown` in the place of
/// `source`. Of a fault of a spec it is the sentence alone, without what the compiler puts
/// around it. "does not compile" where there is no error in it.
std::string firstError(std::string_view output, const std::string &source,
                       const std::string &shown);

} // namespace cria::spec
