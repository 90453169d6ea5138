//===- Hash.h - A checksum of blocks of bytes -------------------*- C++ -*-===//
#pragma once
#include "runtime/RandomWeights.h"
#include <bit>
#include <cstddef>
#include <cstring>
#include <span>

namespace cria::rt {

/// Detects damage: any change within one word changes the value. Not cryptographic. The same
/// bytes in other blocks have another value.
class Hash {
public:
  void add(std::span<const std::byte> block) {
    word(block.size());
    while (block.size() >= sizeof(uint64_t)) {
      word(load(block.first(sizeof(uint64_t))));
      block = block.subspan(sizeof(uint64_t));
    }
    if (!block.empty())
      word(load(block));
  }
  uint64_t value() const { return mix64(state_); }

private:
  static uint64_t load(std::span<const std::byte> bytes) {
    uint64_t word = 0;
    std::memcpy(&word, bytes.data(), bytes.size());
    return word;
  }
  /// A bijection of the state for each word, and of the word for each state.
  void word(uint64_t value) { state_ = std::rotl((state_ ^ value) * 0x9e3779b97f4a7c15, 29); }

  uint64_t state_ = 0x243f6a8885a308d3; // digits of pi
};

} // namespace cria::rt
