//===- CpuCheck.cpp - Which features this CPU has -------------------------===//
#include "runtime/CpuCheck.h"
#include <algorithm>

namespace cria::rt {

FeatureCheck checkFeatures(std::string_view features, CpuProbe *has) {
  FeatureCheck check;
  while (!features.empty()) {
    std::string_view feature = features.substr(0, features.find(','));
    features.remove_prefix(std::min(feature.size() + 1, features.size()));
    if (!feature.starts_with('+'))
      continue;
    auto there = has(feature.substr(1));
    if (there == false)
      check.missing.emplace_back(feature.substr(1));
    check.present += there == true;
  }
  return check;
}

} // namespace cria::rt
