//===- Random.cpp - The weights of --random-weights, for the reference ----===//
#include "verify/Random.h"
#include <algorithm>
#include <cmath>

namespace cria::verify {
namespace {

std::uint64_t fnv1a(const std::string &text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (unsigned char c : text)
    hash = (hash ^ c) * 0x100000001b3;
  return hash;
}

class RandomTensor : public Tensor {
public:
  RandomTensor(std::uint64_t stream, std::int64_t columns, float mean, float scale,
               const storage::Storage &storage)
      : stream(stream), columns(columns), mean(mean), scale(scale), storage(storage) {}

  void read(std::int64_t row, std::span<double> out) const override {
    std::uint64_t index = std::uint64_t(row * columns);
    std::vector<float> values(out.size());
    for (float &value : values) {
      std::uint64_t bits = scatter(stream + ++index * 0x9e3779b97f4a7c15);
      // The rule is stated in f32 arithmetic. `mean` is not 0 only where `scale` is a power of 2.
      float fraction = float(std::int32_t(bits >> 32) >> 8);
      value = mean + scale * fraction;
    }
    std::vector<std::byte> stored(std::size_t(storage.bytesOf(std::int64_t(values.size()))));
    storage.codec.encode(values, stored.data());
    storage.codec.decode(stored.data(), values);
    std::ranges::copy(values, out.begin());
  }
  bool inBlocks() const override { return storage.isBlock(); }

private:
  std::uint64_t stream;
  std::int64_t columns;
  float mean, scale;
  const storage::Storage &storage;
};

} // namespace

std::unique_ptr<Tensor> RandomWeights::find(const std::string &name,
                                            const std::vector<std::int64_t> &shape) const {
  float mean = 0, scale;
  bool gain = name.find("norm") != name.npos && !name.ends_with(".bias");
  if (shape.size() == 1) {
    mean = gain ? 1 : 0;
    scale = gain ? 0x1p-4f : 0x1p-6f;
  } else {
    scale = float(std::sqrt(3.0 / double(shape[1])));
  }
  return std::make_unique<RandomTensor>(scatter(seed + fnv1a(name)), shape.back(), mean,
                                        scale * 0x1p-23f, storage(name, shape.size()));
}

} // namespace cria::verify
