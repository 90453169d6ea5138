//===- Sampler.h - Choosing the next token ----------------------*- C++ -*-===//
#pragma once
#include "cria/runtime/abi.h"
#include "runtime/Candidates.h"
#include <span>

namespace cria::rt {

class Session;

/// How the next token is chosen. The steps run in the order of the fields, which is that of
/// transformers.
struct SamplerOptions {
  /// > 0. The logit of each token of the sequence is divided by it if positive, multiplied if
  /// negative; 1: off.
  double repeatPenalty = 1;
  /// How many of the last tokens the penalty looks at; 0: all, prompts included.
  int64_t repeatWindow = 0;
  /// No sequence of so many tokens comes twice; 0: off.
  int64_t noRepeatNgram = 0;
  /// Sequences that may not be generated: their last token is left out after the others.
  std::vector<std::vector<int32_t>> banned = {};
  /// Tokens that end a text. They are left out until the answer has `minTokens` tokens and the
  /// sequence `minLength`.
  std::vector<int32_t> eos = {};
  int64_t minTokens = 0, minLength = 0;
  /// Tokens that an answer may not begin with.
  std::vector<int32_t> beginSuppress;

  /// >= 0. 0: the token of the largest logit, the lowest id among equals; nothing below matters.
  /// Else logits are divided by it.
  double temperature = 0;
  int64_t topK = 0;         ///< keepTopK; 0: off
  double topP = 1;          ///< keepTopP, [0, 1]; 1: off
  double minP = 0;          ///< keepMinP, [0, 1]; 0: off
  double typicalP = 1;      ///< keepTypical, (0, 1]; 1: off
  double epsilonCutoff = 0; ///< keepEpsilon, [0, 1); 0: off
  double etaCutoff = 0;     ///< keepEta, [0, 1); 0: off
  /// The same seed and the same logits give the same tokens on every platform.
  uint64_t seed = 0;
};

/// The defaults of a model.
SamplerOptions samplerDefaults(const cria_model &model);

/// Chooses the tokens of one sequence of prompts and answers.
class Sampler {
public:
  /// `vocab`: the number of logits.
  Sampler(SamplerOptions options, int64_t vocab);

  /// Appends a prompt; an answer to it begins.
  void prompt(std::span<const int32_t> tokens);
  /// Appends a token of the answer.
  void accept(int32_t token) { sequence_.push_back(token); }
  /// Forgets the sequence; the draws go on.
  void reset() { sequence_.clear(); }

  /// The next token after those of `session`, which has logits. Does not accept it. Throws a
  /// cria::Error if no token is allowed.
  int32_t sample(const Session &session);
  /// The same from logits [vocab], which are finite.
  int32_t sample(std::span<const float> logits);
  /// What `sample` draws from.
  const Candidates &candidates(std::span<const float> logits);

private:
  bool takesLikeliest() const;
  bool bansEos() const;
  void penaliseRepeats();
  void banTokens();
  void ban(int32_t token);
  void banAll(std::span<const int32_t> tokens);
  bool endsWith(std::span<const int32_t> tokens) const;
  void truncate();
  int32_t draw();

  SamplerOptions options_;
  Candidates candidates_;
  std::vector<float> scratch_;
  std::vector<int32_t> sequence_;
  std::vector<uint64_t> penalised_; ///< by token: the number of the last sample that penalised it
  size_t answer_ = 0;               ///< where the answer begins
  uint64_t samples_ = 0, draws_ = 0;
};

} // namespace cria::rt
