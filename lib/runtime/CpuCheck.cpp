#include "runtime/CpuCheck.h"
#include "runtime/Status.h"

namespace cria::rt {

std::vector<std::string> missingFeatures(std::string_view features,
                                         std::optional<bool> (*has)(std::string_view)) {
  std::vector<std::string> missing;
  while (!features.empty()) {
    std::string_view feature = features.substr(0, features.find(','));
    features.remove_prefix(std::min(feature.size() + 1, features.size()));
    if (feature.starts_with('+') && has(feature.substr(1)) == false)
      missing.emplace_back(feature.substr(1));
  }
  return missing;
}

void checkCpu(const cria_model &model) {
  auto missing = missingFeatures(model.cpu_features);
  if (!missing.empty())
    failWith(CRIA_ERROR_CPU,
             "this program was compiled for {}, this CPU lacks {}; recompile with criac "
             "--cpu=native",
             model.cpu, fmt::join(missing, ", "));
}

} // namespace cria::rt
