//===- Quantize.h - criac --quantize ----------------------------*- C++ -*-===//
#pragma once
#include "driver/Options.h"

namespace cria::driver {

/// Writes the model of `options` as a GGUF file, and says on standard output how far each tensor is
/// from what it was. Throws cria::Error.
void writeQuantized(const Options &options);
/// The flag that asks for it, for messages.
std::string writingFlag(const Options &options);

} // namespace cria::driver
