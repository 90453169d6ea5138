//===- Variants.cpp - Layers that share one body --------------------------===//
#include "emit/Variants.h"

namespace cria::emit {

Variants Variants::of(std::int64_t layers, const std::vector<std::string> &names,
                      const std::vector<spec::Attention> &attentions,
                      const spec::Storages &storages) {
  Variants variants;
  std::map<std::pair<std::vector<bool>, std::vector<spec::DType>>, std::int64_t> numbers;
  for (std::int64_t layer = 0; layer < layers; ++layer) {
    std::vector<spec::DType> own;
    for (const std::string &name : names)
      if (auto storage = spec::storage_of(storages, name, layer))
        own.push_back(*storage);
    std::vector<bool> rotated;
    for (const spec::Attention &attention : attentions)
      rotated.push_back(attention.rotates(layer));
    auto [number, isNew] =
        numbers.try_emplace({rotated, own}, std::int64_t(variants.samples.size()));
    if (isNew)
      variants.samples.push_back(layer);
    variants.ofLayer.push_back(number->second);
  }
  return variants;
}

} // namespace cria::emit
