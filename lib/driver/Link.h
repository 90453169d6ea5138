//===- Link.h - An object and the runtime to a program ----------*- C++ -*-===//
#pragma once
#include "driver/Options.h"
#include <string>

namespace cria::driver {

/// Links `object` with the runtime into `output`: an executable with the command line of
/// docs/run.md, or a shared library with the C API. Throws cria::Error.
void link(const std::string &object, const std::string &output, bool shared);

} // namespace cria::driver
