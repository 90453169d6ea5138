//===- Gguf.h - Keys and tensors of one GGUF file ---------------*- C++ -*-===//
#pragma once
#include "runtime/Json.h"
#include "runtime/TensorMap.h"

namespace cria::rt {

/// Whether arrays among the values of keys are read: vocabularies are large, and a program does
/// not need them.
enum class GgufArrays { skip, read };

struct GgufFile {
  /// An object of the keys. An integer above INT64_MAX is a floating-point number, NaN and
  /// infinities are strings of these names.
  nlohmann::json keys;
  /// Shapes are row-major: GGUF's own order reversed.
  TensorMap tensors;
};

/// Whether `file` begins as a GGUF file does.
bool isGguf(std::span<const std::byte> file);

/// Reads the header of `file`, the bytes of a GGUF file of version 2 or 3. The result points into
/// them. Every tensor lies inside the data, is as large as its shape says, and shares no byte with
/// another; no key and no tensor is there twice. Throws a cria::Error that begins with `name`.
GgufFile readGguf(std::span<const std::byte> file, std::string_view name,
                  GgufArrays arrays = GgufArrays::skip);

} // namespace cria::rt
