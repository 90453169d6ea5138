//===- dtype.hpp - Storage types --------------------------------*- C++ -*-===//
#pragma once
#include <cstdint>

namespace cria::spec {

/// Storage type of weights and caches. Arithmetic is always f32.
enum class DType { f32, f16, bf16 };
using dtype = DType;
using enum DType;

/// Bytes of one element.
constexpr std::int64_t bytes_of(DType type) { return type == DType::f32 ? 4 : 2; }

constexpr const char *name_of(DType type) {
  switch (type) {
  case DType::f16:
    return "f16";
  case DType::bf16:
    return "bf16";
  default:
    return "f32";
  }
}

} // namespace cria::spec
