//===- MemoryNeed.h - What a model takes of a device's memory ---*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include <cstddef>

namespace cria::rt {

/// Throws a cria::Error, with the parts and what would fit, if the weights of `model` and one
/// session that runs `code` take more than `free` bytes.
void requireMemory(const cria_model &model, const cria_code &code, std::size_t free);

} // namespace cria::rt
