//===- Divergence.cpp - How far a model is from another -------------------===//
#include "runtime/evaluate/Divergence.h"
#include "runtime/LogProb.h"
#include <fmt/format.h>

namespace cria::rt {
namespace {

/// Of sorted numbers, with straight lines between them.
double percentile(const std::vector<float> &sorted, double percent) {
  double at = percent / 100 * static_cast<double>(sorted.size() - 1);
  auto below = static_cast<size_t>(at);
  size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], at - static_cast<double>(below));
}

std::string percentiles(std::vector<float> numbers, double unit, int digits) {
  std::sort(numbers.begin(), numbers.end());
  constexpr std::pair<const char *, double> columns[] = {{"least", 0},    {"1%", 1},    {"5%", 5},
                                                         {"median", 50},  {"95%", 95},  {"99%", 99},
                                                         {"99.9%", 99.9}, {"most", 100}};
  std::string text = " ";
  for (auto [name, percent] : columns)
    text += fmt::format(" {} {:.{}f}", name, unit * percentile(numbers, percent), digits);
  return text + "\n";
}

/// Tokens that are less likely in the base add nothing: e^-16 is where base files end.
constexpr double leastLogProb = -16;

} // namespace

void Divergence::add(const BaseRow &base, std::span<const float> logits, int32_t next) {
  double sum = logSumExp(logits), divergence = 0;
  size_t likeliest = 0, likeliestInBase = 0;
  for (size_t i = 0; i < logits.size(); ++i) {
    if (logits[i] > logits[likeliest])
      likeliest = i;
    if (base.steps[i] > base.steps[likeliestInBase])
      likeliestInBase = i;
    double logProb = base.logProb(i);
    if (logProb > leastLogProb)
      divergence += std::exp(logProb) * (logProb - (logits[i] - sum));
  }
  double own = logits[static_cast<size_t>(next)] - sum;
  double other = base.logProb(static_cast<size_t>(next));
  loss_.add(-own);
  baseLoss_.add(-other);
  ratio_.add(other - own);
  divergence_.add(divergence);
  double change = std::exp(own) - std::exp(other);
  change_.add(change);
  square_.add(change * change);
  same_.add(likeliest == likeliestInBase);
  all_.push_back(static_cast<float>(divergence));
  changes_.push_back(static_cast<float>(change));
}

std::string Divergence::text() const {
  auto perplexity = [](const Mean &loss) {
    double value = std::exp(loss.value());
    return fmt::format("{:.4f} ± {:.4f}", value, value * loss.error());
  };
  double root = std::sqrt(square_.value());
  double rootError = root > 0 ? square_.error() / (2 * root) : 0;
  std::string text;
  text += fmt::format("perplexity       {}\n", perplexity(loss_));
  text += fmt::format("of the base      {}\n", perplexity(baseLoss_));
  text += fmt::format("ln of the ratio  {:.6f} ± {:.6f}\n", ratio_.value(), ratio_.error());
  text +=
      fmt::format("KL divergence    {:.6f} ± {:.6f}\n", divergence_.value(), divergence_.error());
  text += percentiles(all_, 1, 6);
  text += fmt::format("Δp               {:.4f} ± {:.4f} %, RMS {:.4f} ± {:.4f} %\n",
                      100 * change_.value(), 100 * change_.error(), 100 * root, 100 * rootError);
  text += percentiles(changes_, 100, 3);
  text +=
      fmt::format("same top token   {:.3f} ± {:.3f} %\n", 100 * same_.value(), 100 * same_.error());
  return text;
}

} // namespace cria::rt
