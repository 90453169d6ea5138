//===- TensorMap.cpp - The tensors of mapped files ------------------------===//
#include "runtime/TensorMap.h"
#include "runtime/Fail.h"
#include <algorithm>

namespace cria::rt {

void refuseOverlaps(const TensorMap &tensors, std::string_view file) {
  std::vector<const TensorMap::value_type *> byAddress;
  for (const auto &item : tensors)
    if (!item.second.bytes.empty())
      byAddress.push_back(&item);
  std::sort(byAddress.begin(), byAddress.end(),
            [](auto *a, auto *b) { return a->second.bytes.data() < b->second.bytes.data(); });
  for (size_t i = 1; i < byAddress.size(); ++i) {
    const auto &[name, tensor] = *byAddress[i - 1];
    if (tensor.bytes.data() + tensor.bytes.size() > byAddress[i]->second.bytes.data())
      fail("{}: tensors {} and {} overlap", file, printable(name), printable(byAddress[i]->first));
  }
}

} // namespace cria::rt
