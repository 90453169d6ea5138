//===- Variants.cpp - Layers that store their weights alike ---------------===//
#include "emit/Variants.h"

namespace cria::emit {

Variants Variants::of(std::int64_t layers, const std::vector<std::string> &names,
                      const spec::Storages &storages) {
  Variants variants;
  std::map<std::vector<spec::DType>, std::int64_t> numbers;
  for (std::int64_t layer = 0; layer < layers; ++layer) {
    std::vector<spec::DType> own;
    for (const std::string &name : names)
      if (auto storage = spec::storage_of(storages, name, layer))
        own.push_back(*storage);
    auto [number, isNew] = numbers.try_emplace(own, std::int64_t(variants.samples.size()));
    if (isNew)
      variants.samples.push_back(layer);
    variants.ofLayer.push_back(number->second);
  }
  return variants;
}

} // namespace cria::emit
