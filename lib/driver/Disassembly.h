//===- Disassembly.h - Machine code as text ---------------------*- C++ -*-===//
#pragma once
#include "driver/Target.h"

namespace cria::driver {

/// Whether objects for `target` are ELF files of a CPU, as `disassemble` reads them.
bool canDisassemble(const Target &target);

/// The functions in the object file `path`, as assembly: labels where a function jumps to, names
/// where it calls others, and as a comment what the linker puts in. Throws cria::Error.
std::string disassemble(const std::string &path, const Target &target);

} // namespace cria::driver
