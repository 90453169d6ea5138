//===- Inspect.h - A compilation in the terminal ----------------*- C++ -*-===//
#pragma once
#include "report/Report.h"

namespace cria::driver {

/// What `criac inspect` is asked to show; nothing: all passes and kernels in two tables.
struct Inspection {
  std::string pass;   ///< its name, with or without "cria-", or its number; empty: none
  std::string kernel; ///< its name, or its end: "qkv" for "decode.qkv" and "prefill.qkv"
  bool diff = false;  ///< only what the pass changed
};

/// The facts of `report` that `what` asks for, as text. Throws a UsageError for a name that is
/// none.
std::string inspect(const report::Report &report, const Inspection &what);

} // namespace cria::driver
