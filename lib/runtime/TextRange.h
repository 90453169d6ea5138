//===- TextRange.h - A range of bytes in a text -----------------*- C++ -*-===//
#pragma once
#include <cstddef>

namespace cria::rt {

/// Bytes [begin, end) of a text.
struct TextRange {
  size_t begin, end;
  bool operator==(const TextRange &) const = default;
};

} // namespace cria::rt
