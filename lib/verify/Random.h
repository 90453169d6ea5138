//===- Random.h - The weights of --random-weights, for the reference -*- C++ -*-===//
#pragma once
#include "verify/Weights.h"
#include <functional>

namespace cria::verify {

/// The output function of splitmix64 (Steele, Lea & Flood 2014).
constexpr std::uint64_t scatter(std::uint64_t x) {
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
  x = (x ^ x >> 27) * 0x94d049bb133111eb;
  return x ^ x >> 31;
}

/// Weights made by the rule that docs/verify.md states: each element is a function of the seed, the
/// tensor's name and the element's index.
class RandomWeights : public Weights {
public:
  /// `storage` is how the tensor of a name is stored, which rounds its elements.
  RandomWeights(std::uint64_t seed, std::function<Format(const std::string &)> storage)
      : seed(seed), storage(std::move(storage)) {}
  std::unique_ptr<Tensor> find(const std::string &name,
                               const std::vector<std::int64_t> &shape) const override;

private:
  std::uint64_t seed;
  std::function<Format(const std::string &)> storage;
};

} // namespace cria::verify
