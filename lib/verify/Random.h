//===- Random.h - The weights of --random-weights, for the reference -*- C++ -*-===//
#pragma once
#include "storage/Storage.h"
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
  /// How the tensor of a name and a rank is stored, which rounds its elements.
  using StorageOf = std::function<const storage::Storage &(const std::string &, std::size_t rank)>;
  RandomWeights(std::uint64_t seed, StorageOf storage) : seed(seed), storage(std::move(storage)) {}
  std::unique_ptr<Tensor> find(const std::string &name,
                               const std::vector<std::int64_t> &shape) const override;

private:
  std::uint64_t seed;
  StorageOf storage;
};

} // namespace cria::verify
