//===- Results.cpp - Results of a benchmark -------------------------------===//
#include "bench/Results.h"
#include <cmath>

namespace cria::bench {
namespace {

std::vector<double> perSecond(double amount, const std::vector<double> &seconds) {
  return measure::ratios(std::vector<double>(seconds.size(), amount), seconds);
}

} // namespace

double Measurement::work() const {
  return double(point.entry == Entry::decode ? cost.bytes() : cost.flops);
}

Summary Measurement::tokensPerSecond() const {
  return measure::summarise(perSecond(double(point.tokens), seconds));
}

rt::KernelLimits Measurement::limits() const {
  double own = measure::summarise(limit).median, other = measure::summarise(otherLimit).median;
  if (isOnGpu())
    return {point.entry == Entry::decode ? own : other, INFINITY};
  return point.entry == Entry::decode ? rt::KernelLimits{own, other} : rt::KernelLimits{other, own};
}

Summary Measurement::rate() const { return measure::summarise(perSecond(work(), seconds)); }

Summary Measurement::fraction() const {
  return measure::summarise(measure::ratios(perSecond(work(), seconds), limit));
}

} // namespace cria::bench
