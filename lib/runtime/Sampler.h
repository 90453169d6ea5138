//===- Sampler.h - Choosing the next token ----------------------*- C++ -*-===//
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace cria::rt {

/// How the next token is drawn. The steps run in the order of the fields.
struct SamplerOptions {
  /// > 0. The logit of each token among the last 64 is divided by it if positive, multiplied
  /// if negative; 1: off.
  double repeatPenalty = 1;
  /// >= 0. 0: the token of the largest logit, the lowest id among equals; nothing below matters.
  /// Else logits are divided by it.
  double temperature = 0;
  /// Only the `topK` likeliest tokens; 0: off.
  int64_t topK = 0;
  /// (0, 1]. Only the likeliest tokens whose probabilities add up to topP or more; 1: off.
  double topP = 1;
  /// [0, 1). Only tokens at least `minP` times as likely as the likeliest; 0: off.
  double minP = 0;
  /// The same seed and the same logits give the same tokens on every platform.
  uint64_t seed = 0;
};

class Sampler {
public:
  /// `vocab`: the number of logits.
  Sampler(const SamplerOptions &options, int64_t vocab);

  /// Tells of a token of the sequence, for the repeat penalty.
  void accept(int32_t token);
  /// The next token. `logits` [vocab] are finite. Does not accept it.
  int32_t sample(std::span<const float> logits);

private:
  struct Candidate {
    float logit;
    int32_t token;
    double weight; ///< its probability over that of the likeliest token
  };
  static bool likelier(const Candidate &a, const Candidate &b);

  void penaliseRepeats();
  void keepTopK();
  void weigh();
  void keepTopP();
  void keepMinP();
  int32_t draw();
  double total() const;

  SamplerOptions options_;
  std::vector<Candidate> candidates_;
  std::array<int32_t, 64> window_{};
  uint64_t accepted_ = 0; ///< tokens so far; the window holds the last of them
  uint64_t draws_ = 0;
};

} // namespace cria::rt
