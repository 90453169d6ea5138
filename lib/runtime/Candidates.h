//===- Candidates.h - The tokens that may be drawn --------------*- C++ -*-===//
//
// Each function below keeps the candidates that transformers' logits warper of the same name
// keeps (generation/logits_process.py), with probabilities over the candidates it is given. At
// least the likeliest candidate stays.
//
//===----------------------------------------------------------------------===//
#pragma once
#include <cstdint>
#include <vector>

namespace cria::rt {

struct Candidate {
  float logit;
  int32_t token;
  double weight; ///< its probability divided by that of the likeliest token
};
using Candidates = std::vector<Candidate>;

/// Orders by logit, the lowest id first among equals.
bool likelier(const Candidate &a, const Candidate &b);
const Candidate &likeliest(const Candidates &candidates);
double totalWeight(const Candidates &candidates);

/// The `k` likeliest, and those that are as likely as the last of them. `scratch` is memory.
/// Needs logits only.
void keepTopK(Candidates &candidates, int64_t k, std::vector<float> &scratch);
/// The likeliest whose probabilities add up to `p` or more; as few as possible. Holtzman et al.,
/// "The Curious Case of Neural Text Degeneration", 2020.
void keepTopP(Candidates &candidates, double p);
/// Those at least `p` times as likely as the likeliest.
void keepMinP(Candidates &candidates, double p);
/// Those whose information is nearest to the entropy, until their probabilities add up to `mass`.
/// Meister et al., "Locally Typical Sampling", 2022.
void keepTypical(Candidates &candidates, double mass);
/// Those with a probability of `epsilon` or more.
void keepEpsilon(Candidates &candidates, double epsilon);
/// The same with a bound that falls with the entropy: min(eta, sqrt(eta) exp(-entropy)). Hewitt et
/// al., "Truncation Sampling as Language Model Desmoothing", 2022.
void keepEta(Candidates &candidates, double eta);

} // namespace cria::rt
