//===- UnicodeTables.h - Characters and what they become --------*- C++ -*-===//
//
// UnicodeTables.cpp is written by scripts/unicode_tables.py, which asks `tokenizers`.
//
//===----------------------------------------------------------------------===//
#pragma once
#include <cstdint>
#include <span>

namespace cria::rt::unicode {

/// `code` becomes the `length` code points at `at` in texts().
struct Mapping {
  char32_t code;
  uint16_t at, length;
};
/// Two characters that NFC makes one.
struct Pair {
  char32_t first, second, whole;
};
/// A combining mark and the rank of its canonical combining class, from 1; 0 is no mark.
struct Mark {
  char32_t code;
  uint8_t combiningClass;
};

/// All in the order of code points. Mappings are complete: none applies to its own result. Hangul
/// syllables are left out: they follow from their numbers.
std::span<const Mapping> canonical();     ///< NFD
std::span<const Mapping> compatibility(); ///< NFKD, where that is not NFD
std::span<const Mapping> lowercase();
std::span<const char32_t> texts();
std::span<const Pair> compositions();
std::span<const Mark> marks();

} // namespace cria::rt::unicode
