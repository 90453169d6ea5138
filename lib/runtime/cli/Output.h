//===- Output.h - Standard output -------------------------------*- C++ -*-===//
#pragma once
#include <string_view>

namespace cria::rt {

/// Nobody reads the output any more, as after `| head`: no fault, but no reason to go on.
struct OutputClosed {};

/// Writes `text` to standard output at once. Throws OutputClosed, or a cria::Error if the
/// output cannot be written, as on a full disk.
void writeOutput(std::string_view text);

} // namespace cria::rt
