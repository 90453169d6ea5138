//===- RandomWeights.h - The weights of --random-weights --------*- C++ -*-===//
//
// Each element is a function of the seed, the tensor's name and the element's index alone, so
// that any part can be made on any thread, and the reference makes the same model without
// this library. The result has the same bits on every machine.
//
//===----------------------------------------------------------------------===//
#pragma once
#include <cmath>
#include <cstdint>
#include <string_view>

namespace cria::rt {

/// The output function of splitmix64: a bijection that scatters nearby inputs.
constexpr uint64_t mix64(uint64_t x) {
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
  x = (x ^ x >> 27) * 0x94d049bb133111eb;
  return x ^ x >> 31;
}

/// The elements of one tensor. Matrices are uniform with deviation 1/sqrt(inDim), gammas
/// (vectors of a norm) lie within 1 +- 1/16, other vectors, the biases, within 1/64.
class RandomTensor {
public:
  RandomTensor(uint64_t seed, std::string_view name, int64_t rank, int64_t inDim)
      : stream_(mix64(seed + hash(name))) {
    if (rank == 1) { // powers of two, so that fusing the sum below changes no bit
      bool gamma = name.find("norm") != name.npos && !name.ends_with(".bias");
      mean_ = gamma ? 1.0f : 0.0f;
      scale_ = gamma ? 0x1p-4f : 0x1p-6f;
    } else {
      scale_ = static_cast<float>(std::sqrt(3.0 / static_cast<double>(inDim)));
    }
    scale_ *= 0x1p-23f;
  }

  float operator[](uint64_t index) const {
    uint64_t bits = mix64(stream_ + (index + 1) * 0x9e3779b97f4a7c15);
    // The upper 24 bits as a signed number: exact in f32, uniform in [-2^23, 2^23).
    auto uniform = static_cast<float>(static_cast<int32_t>(bits >> 32) >> 8);
    return mean_ + scale_ * uniform;
  }

private:
  static constexpr uint64_t hash(std::string_view text) { // FNV-1a
    uint64_t hash = 0xcbf29ce484222325;
    for (char c : text)
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
  }

  uint64_t stream_;
  float mean_ = 0, scale_ = 0;
};

/// Element `index` (row-major) of the tensor that the checkpoint would call `paramName`, with the
/// layer's number filled in; `inDim` is the length of a row. In f32: storage rounds it.
inline float randomWeight(uint64_t seed, std::string_view paramName, int64_t rank, int64_t inDim,
                          uint64_t index) {
  return RandomTensor(seed, paramName, rank, inDim)[index];
}

} // namespace cria::rt
