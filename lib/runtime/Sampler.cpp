//===- Sampler.cpp - Choosing the next token ------------------------------===//
#include "runtime/Sampler.h"
#include "runtime/Fail.h"
#include "runtime/RandomWeights.h"
#include "runtime/Session.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace cria::rt {

constexpr float banned = -std::numeric_limits<float>::infinity();

SamplerOptions samplerDefaults(const cria_model &model) {
  const cria_generation &from = *model.generation;
  auto list = [](const int32_t *data, int64_t count) {
    return std::vector<int32_t>(data, data + count);
  };
  SamplerOptions out;
  out.repeatPenalty = from.repetition_penalty;
  out.noRepeatNgram = from.no_repeat_ngram_size;
  std::vector<int32_t> sequence;
  for (int32_t token : list(from.banned, from.banned_count)) {
    if (token >= 0) {
      sequence.push_back(token);
      continue;
    }
    out.banned.push_back(std::move(sequence));
    sequence.clear();
  }
  out.eos = list(model.eos, model.eos_count);
  out.minTokens = from.min_new_tokens;
  out.minLength = from.min_length;
  out.beginSuppress = list(from.begin_suppress, from.begin_suppress_count);
  out.temperature = from.temperature;
  out.topK = from.top_k;
  out.topP = from.top_p;
  out.minP = from.min_p;
  out.typicalP = from.typical_p;
  out.epsilonCutoff = from.epsilon_cutoff;
  out.etaCutoff = from.eta_cutoff;
  return out;
}

Sampler::Sampler(SamplerOptions options, int64_t vocab)
    : options_(std::move(options)), penalised_(static_cast<size_t>(vocab)) {
  candidates_.reserve(static_cast<size_t>(vocab));
}

void Sampler::prompt(std::span<const int32_t> tokens) {
  sequence_.insert(sequence_.end(), tokens.begin(), tokens.end());
  answer_ = sequence_.size();
}

int32_t Sampler::sample(const Session &session) {
  return takesLikeliest() ? session.likeliest() : sample(session.logits());
}

/// Whether the next token is that of the largest logit, whatever the logits are.
bool Sampler::takesLikeliest() const {
  bool suppresses = sequence_.size() == answer_ && !options_.beginSuppress.empty();
  return options_.temperature == 0 && options_.repeatPenalty == 1 && !options_.noRepeatNgram &&
         options_.banned.empty() && !bansEos() && !suppresses;
}

/// Whether the answer is too short to end.
bool Sampler::bansEos() const {
  auto length = static_cast<int64_t>(sequence_.size());
  auto answered = length - static_cast<int64_t>(answer_);
  return answered < options_.minTokens || length < options_.minLength;
}

int32_t Sampler::sample(std::span<const float> logits) {
  candidates(logits);
  return options_.temperature == 0 ? likeliest(candidates_).token : draw();
}

const Candidates &Sampler::candidates(std::span<const float> logits) {
  candidates_.resize(logits.size());
  for (size_t i = 0; i < logits.size(); ++i)
    candidates_[i] = {logits[i], static_cast<int32_t>(i), 0};
  penaliseRepeats();
  banTokens();
  std::erase_if(candidates_, [](const Candidate &c) { return c.logit == banned; });
  if (candidates_.empty())
    fail("no token is allowed to come next: the penalties leave none");
  if (options_.temperature != 0)
    truncate();
  return candidates_;
}

void Sampler::penaliseRepeats() {
  ++samples_;
  if (options_.repeatPenalty == 1)
    return;
  auto window = static_cast<size_t>(options_.repeatWindow);
  size_t count = window ? std::min(window, sequence_.size()) : sequence_.size();
  auto penalty = static_cast<float>(options_.repeatPenalty);
  for (int32_t token : std::span(sequence_).last(count)) {
    uint64_t &last = penalised_[static_cast<size_t>(token)];
    if (std::exchange(last, samples_) == samples_)
      continue; // once per token, however often it came
    float &logit = candidates_[static_cast<size_t>(token)].logit;
    logit = logit > 0 ? logit / penalty : logit * penalty;
  }
}

void Sampler::banTokens() {
  if (auto n = static_cast<size_t>(options_.noRepeatNgram); n && sequence_.size() >= n) {
    auto end = std::span(sequence_).last(n - 1);
    for (size_t i = 0; i + n <= sequence_.size(); ++i)
      if (std::equal(end.begin(), end.end(), sequence_.begin() + static_cast<ptrdiff_t>(i)))
        ban(sequence_[i + n - 1]);
  }
  for (const auto &sequence : options_.banned)
    if (endsWith(std::span(sequence).first(sequence.size() - 1)))
      ban(sequence.back());
  if (bansEos())
    banAll(options_.eos);
  if (sequence_.size() == answer_)
    banAll(options_.beginSuppress);
}

bool Sampler::endsWith(std::span<const int32_t> tokens) const {
  return tokens.size() <= sequence_.size() &&
         std::equal(tokens.rbegin(), tokens.rend(), sequence_.rbegin());
}

void Sampler::banAll(std::span<const int32_t> tokens) {
  for (int32_t token : tokens)
    ban(token);
}

/// A model's files may ban ids past its vocabulary.
void Sampler::ban(int32_t token) {
  if (static_cast<size_t>(token) < candidates_.size())
    candidates_[static_cast<size_t>(token)].logit = banned;
}

void Sampler::truncate() {
  if (options_.topK > 0)
    keepTopK(candidates_, options_.topK, scratch_);
  double best = likeliest(candidates_).logit;
  for (Candidate &candidate : candidates_)
    candidate.weight = std::exp((candidate.logit - best) / options_.temperature);
  if (options_.topP < 1)
    keepTopP(candidates_, options_.topP);
  if (options_.minP > 0)
    keepMinP(candidates_, options_.minP);
  if (options_.typicalP < 1)
    keepTypical(candidates_, options_.typicalP);
  if (options_.epsilonCutoff > 0)
    keepEpsilon(candidates_, options_.epsilonCutoff);
  if (options_.etaCutoff > 0)
    keepEta(candidates_, options_.etaCutoff);
}

int32_t Sampler::draw() {
  uint64_t bits = mix64(mix64(options_.seed) + ++draws_ * 0x9e3779b97f4a7c15);
  double left = static_cast<double>(bits >> 11) * 0x1p-53 * totalWeight(candidates_);
  for (const Candidate &candidate : candidates_) {
    left -= candidate.weight;
    if (left < 0)
      return candidate.token;
  }
  return likeliest(candidates_).token; // rounding left a rest that is no candidate's
}

} // namespace cria::rt
