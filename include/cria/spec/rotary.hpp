//===- rotary.hpp - Rotary position embedding as plain data -----*- C++ -*-===//
#pragma once
#include <cstdint>

namespace cria::spec {

/// Rescaling of rotary frequencies for long contexts.
/// `linear` divides every frequency by `factor`. `llama3` (Llama 3.1) does so only for wavelengths
/// longer than `original_context / low_freq_factor`, and blends down to
/// `original_context / high_freq_factor`, below which frequencies are kept.
/// `yarn` (Peng et al. 2023) divides frequencies that turn less than `beta_slow` times in
/// `original_context` tokens, keeps those that turn more than `beta_fast` times, blends linearly in
/// their index between, and multiplies sines and cosines by `attention_factor`; `truncate` rounds
/// the two indices outwards.
struct RopeScaling {
  enum class Kind { none, linear, llama3, yarn } kind = Kind::none;
  double factor = 1;
  double low_freq_factor = 1;
  double high_freq_factor = 4;
  std::int64_t original_context = 8192;
  double attention_factor = 1;
  double beta_fast = 32;
  double beta_slow = 1;
  bool truncate = true;
  bool operator==(const RopeScaling &) const = default;
};

/// Which elements of a head are rotated together: i and i + head_dim / 2, as in Hugging Face
/// checkpoints, or 2i and 2i + 1, as in Meta's own and in GGUF files.
enum class RopePairing { half, interleaved };

/// Rotary position embedding (Su et al. 2021); frequency i is theta^(-2i/head_dim).
struct Rope {
  double theta = 10000;
  RopeScaling scaling{};
  RopePairing pairing = RopePairing::half;
  bool operator==(const Rope &) const = default;
};

} // namespace cria::spec
