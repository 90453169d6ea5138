//===- RelativeNames.h - Numbered values as distances -----------*- C++ -*-===//
//
// IR numbers its values (%0, %1, …), so one op more renumbers every line after it. With distances
// instead, a line that was only renumbered is the same text: it deflates to half the size.
//
// The text is walked line by line, with `last` = 0 at first. A number counts if it follows % and is
// not in a string literal; what follows it, such as `:2` or `#1`, stays. A line that begins with
// `%N =` or `%N:K =` defines N. Every number M of a line becomes `~` and last - M, which may be
// negative; after a line that defines N, last is N. lib/report/page/texts.mjs has the same rule.
//
//===----------------------------------------------------------------------===//
#pragma once
#include "llvm/ADT/StringRef.h"
#include <string>

namespace cria::report {

/// `text`, MLIR as printed, with distances.
std::string relativeNames(llvm::StringRef text);
/// The text that `relativeNames` was given.
std::string restoreNames(llvm::StringRef relative);

} // namespace cria::report
