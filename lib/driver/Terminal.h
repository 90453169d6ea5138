//===- Terminal.h - Text for people at a terminal ---------------*- C++ -*-===//
#pragma once
#include "llvm/Support/raw_ostream.h"
#include <string>

namespace cria::driver {

/// Whether standard output is a terminal, and $NO_COLOR is not set.
bool usesColor();

/// `text` in a colour, if `color` says so.
std::string colored(llvm::StringRef text, llvm::raw_ostream::Colors color);

/// Shows `text` on standard output: on a terminal by way of $PAGER, or else less, as git does. An
/// empty $PAGER, "cat" or a pager that cannot be run show the text as it is.
void show(const std::string &text);

} // namespace cria::driver
