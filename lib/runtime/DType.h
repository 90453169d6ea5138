//===- DType.h - Storage types of the ABI -----------------------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include <string_view>

namespace cria::rt {

/// The safetensors name of CRIA_F32, CRIA_F16 or CRIA_BF16.
inline std::string_view dtypeName(int64_t dtype) {
  return dtype == CRIA_F32 ? "F32" : dtype == CRIA_F16 ? "F16" : "BF16";
}

/// Bytes of an element.
inline int64_t dtypeSize(int64_t dtype) { return dtype == CRIA_F32 ? 4 : 2; }

} // namespace cria::rt
