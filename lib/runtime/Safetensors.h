//===- Safetensors.h - The tensors of one safetensors file ------*- C++ -*-===//
#pragma once
#include "runtime/TensorMap.h"

namespace cria::rt {

/// Reads the header of `file`, the bytes of a safetensors file. The result points into
/// them. Every tensor lies inside the data, is as large as its shape says, and shares no byte
/// with another; a dtype that is not known here has no size to check.
/// Throws a cria::Error that begins with `name`.
TensorMap readSafetensors(std::span<const std::byte> file, std::string_view name);

} // namespace cria::rt
