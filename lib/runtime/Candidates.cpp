//===- Candidates.cpp - The tokens that may be drawn ----------------------===//
#include "runtime/Candidates.h"
#include <algorithm>
#include <cmath>
#include <functional>

namespace cria::rt {
namespace {

/// In nats.
double entropy(const Candidates &candidates, double total) {
  double sum = 0;
  for (const Candidate &candidate : candidates)
    if (double p = candidate.weight / total; p > 0)
      sum -= p * std::log(p);
  return sum;
}

} // namespace

bool likelier(const Candidate &a, const Candidate &b) {
  return a.logit != b.logit ? a.logit > b.logit : a.token < b.token;
}

const Candidate &likeliest(const Candidates &candidates) {
  return *std::min_element(candidates.begin(), candidates.end(), likelier);
}

double totalWeight(const Candidates &candidates) {
  double sum = 0;
  for (const Candidate &candidate : candidates)
    sum += candidate.weight;
  return sum;
}

void keepTopK(Candidates &candidates, int64_t k, std::vector<float> &scratch) {
  if (k >= static_cast<int64_t>(candidates.size()))
    return;
  scratch.clear();
  for (const Candidate &candidate : candidates)
    scratch.push_back(candidate.logit);
  auto last = scratch.begin() + (k - 1);
  std::nth_element(scratch.begin(), last, scratch.end(), std::greater<>());
  std::erase_if(candidates, [least = *last](const Candidate &c) { return c.logit < least; });
}

void keepTopP(Candidates &candidates, double p) {
  // A heap, not a sort: as a rule few of the whole vocabulary are taken.
  auto lessLikely = [](const Candidate &a, const Candidate &b) { return likelier(b, a); };
  double wanted = p * totalWeight(candidates), have = 0;
  std::make_heap(candidates.begin(), candidates.end(), lessLikely);
  auto rest = candidates.end();
  do {
    std::pop_heap(candidates.begin(), rest, lessLikely);
    have += (--rest)->weight;
  } while (have < wanted && rest != candidates.begin());
  candidates.erase(candidates.begin(), rest);
}

void keepMinP(Candidates &candidates, double p) {
  double least = p * likeliest(candidates).weight;
  std::erase_if(candidates, [&](const Candidate &c) { return c.weight < least; });
}

void keepTypical(Candidates &candidates, double mass) {
  double total = totalWeight(candidates), h = entropy(candidates, total);
  auto distance = [&](const Candidate &c) { return std::abs(-std::log(c.weight / total) - h); };
  std::stable_sort(
      candidates.begin(), candidates.end(),
      [&](const Candidate &a, const Candidate &b) { return distance(a) < distance(b); });
  double have = candidates.front().weight;
  size_t last = 0;
  while (have < mass * total && last + 1 < candidates.size())
    have += candidates[++last].weight;
  std::erase_if(candidates, [&, most = distance(candidates[last])](const Candidate &c) {
    return distance(c) > most;
  });
}

void keepEpsilon(Candidates &candidates, double epsilon) {
  double least = std::min(epsilon * totalWeight(candidates), likeliest(candidates).weight);
  std::erase_if(candidates, [&](const Candidate &c) { return c.weight < least; });
}

void keepEta(Candidates &candidates, double eta) {
  double h = entropy(candidates, totalWeight(candidates));
  keepEpsilon(candidates, std::min(eta, std::sqrt(eta) * std::exp(-h)));
}

} // namespace cria::rt
