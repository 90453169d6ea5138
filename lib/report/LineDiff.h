//===- LineDiff.h - Two texts line by line ----------------------*- C++ -*-===//
#pragma once
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <utility>
#include <vector>

namespace cria::report {

/// What a line of IR says apart from the numbers of values and its indentation, which change with
/// every op before it.
std::string withoutNumbers(llvm::StringRef line);

/// Pairs of numbers of lines that are the same in both texts, in order. Lines that occur once in
/// both come first; between them, the longest common subsequence.
std::vector<std::pair<std::size_t, std::size_t>> sameLines(llvm::ArrayRef<std::string> before,
                                                           llvm::ArrayRef<std::string> after);

} // namespace cria::report
