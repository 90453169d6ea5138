//===- Rotary.h - Rotary position embedding for the reference ---*- C++ -*-===//
//
// Su et al. 2021, and the rescalings for long contexts as transformers computes them
// (modeling_rope_utils.py): linear, llama3, and YaRN (Peng et al. 2023).
//
//===----------------------------------------------------------------------===//
#pragma once
#include <cstdint>
#include <vector>

namespace cria::verify {

struct Rotary {
  enum class Kind { plain, linear, llama3, yarn } kind = Kind::plain;
  double theta = 10000;
  double factor = 1;
  double lowFactor = 1, highFactor = 4; ///< llama3
  double betaFast = 32, betaSlow = 1;   ///< yarn: turns within the original context
  double magnitude = 1;                 ///< yarn: factor of sines and cosines
  bool truncate = true;                 ///< yarn: ramp between whole dimensions
  double originalContext = 0;           ///< llama3 and yarn, in tokens
  std::vector<double> divisors;         ///< of the frequencies, one per pair; empty: all 1
  bool interleaved = false;             ///< pairs are elements 2i and 2i + 1, else i and i + E/2
};

/// The frequency of each pair of a head's `headDim` elements, in radians per token.
std::vector<double> frequencies(const Rotary &rotary, std::int64_t headDim);

} // namespace cria::verify
